// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.sasl;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Arrays;
import java.util.Optional;
import org.smtpinflow.api.Client;

/** Prepares a name and a password as a client sent them, and asks the verifier. */
final class PasswordCheck {

  private static final Logger LOG = System.getLogger("org.smtpinflow.smtp");

  private final PasswordVerifier verifier;

  PasswordCheck(PasswordVerifier verifier) {
    this.verifier = verifier;
  }

  /**
   * Checks a password. Blocks.
   *
   * @param password cleared by this method
   */
  SaslOutcome check(String user, char[] password) {
    Optional<String> preparedUser = SaslPrep.ofName(user);
    Optional<char[]> preparedPassword = SaslPrep.ofSecret(password);
    Arrays.fill(password, '\0');
    if (preparedUser.isEmpty() || preparedPassword.isEmpty()) {
      preparedPassword.ifPresent(chars -> Arrays.fill(chars, '\0'));
      return new SaslOutcome.Refused(); // RFC 4616, section 2
    }
    return ask(preparedUser.get(), preparedPassword.get());
  }

  private SaslOutcome ask(String user, char[] password) {
    try {
      Optional<Client.Identity> identity = verifier.verify(user, password);
      return identity.<SaslOutcome>map(SaslOutcome.Accepted::new).orElse(new SaslOutcome.Refused());
    } catch (AuthenticationUnavailableException e) {
      LOG.log(Level.WARNING, "Passwords cannot be checked now: {0}", e.getMessage());
      return new SaslOutcome.Unavailable();
    } finally {
      Arrays.fill(password, '\0');
    }
  }
}
