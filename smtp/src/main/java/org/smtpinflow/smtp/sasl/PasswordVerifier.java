// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.sasl;

import java.util.Optional;
import org.smtpinflow.api.Client;

/** Knows whether a password is a user's own. */
public interface PasswordVerifier {

  /**
   * Checks a password. May block; called on any thread but an event loop's.
   *
   * @param password is cleared by the caller afterwards, and must not be kept
   * @return who the user is; empty if there is no such user or the password is wrong
   * @throws AuthenticationUnavailableException if that cannot be told now
   */
  Optional<Client.Identity> verify(String user, char[] password)
      throws AuthenticationUnavailableException;
}
