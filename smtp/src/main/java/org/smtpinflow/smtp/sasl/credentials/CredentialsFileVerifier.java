// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.sasl.credentials;

import java.util.Objects;
import java.util.Optional;
import org.smtpinflow.api.Client;
import org.smtpinflow.smtp.sasl.AuthenticationUnavailableException;
import org.smtpinflow.smtp.sasl.PasswordVerifier;
import org.smtpinflow.smtp.sasl.scram.ScramUsers;

/**
 * Checks the passwords of PLAIN and LOGIN against a credentials file. The check of an unknown name
 * takes as long as that of a wrong password.
 */
public final class CredentialsFileVerifier implements PasswordVerifier {

  private final CredentialsFile file;

  /** Makes a verifier. Does not read the file yet. */
  public CredentialsFileVerifier(CredentialsFile file) {
    this.file = Objects.requireNonNull(file, "file");
  }

  @Override
  public Optional<Client.Identity> verify(String user, char[] password)
      throws AuthenticationUnavailableException {
    ScramUsers.Candidate candidate = file.find(user);
    boolean right = candidate.verifier().isOf(password);
    return right ? candidate.identity() : Optional.empty();
  }
}
