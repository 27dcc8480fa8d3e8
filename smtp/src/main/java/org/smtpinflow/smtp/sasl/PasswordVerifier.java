// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.sasl;

import java.util.Optional;
import org.smtpinflow.api.Client;

/** Checks passwords of users. Used by many threads at once. */
public interface PasswordVerifier {

  /**
   * Checks a password. May block; never called on an event loop.
   *
   * @param user the prepared name
   * @param password the prepared password. The caller clears it afterwards; it must not be kept
   * @return the identity of the user; empty if the user is unknown or the password is wrong
   * @throws AuthenticationUnavailableException if passwords cannot be checked now
   */
  Optional<Client.Identity> verify(String user, char[] password)
      throws AuthenticationUnavailableException;
}
