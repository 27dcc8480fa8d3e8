// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.sasl.credentials;

import java.util.Objects;
import java.util.Optional;
import org.smtpinflow.api.Client;
import org.smtpinflow.smtp.sasl.AuthenticationUnavailableException;
import org.smtpinflow.smtp.sasl.PasswordVerifier;
import org.smtpinflow.smtp.sasl.scram.ScramUsers;

/**
 * Checks passwords of PLAIN and LOGIN against a credentials file, where there is no server whose
 * users could be asked. A name that nobody has costs as much time as a wrong password.
 */
public final class CredentialsFileVerifier implements PasswordVerifier {

  private final CredentialsFile file;

  /** Makes a verifier of a file, which is not read yet. */
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
