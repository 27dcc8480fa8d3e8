// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.sasl;

import java.util.Optional;

/** Whom a client asks to act for (RFC 4422, section 3.4.1): here, never anybody but itself. */
final class AuthorizationIdentity {

  private AuthorizationIdentity() {}

  /**
   * Says whether a client may act for whom it asks.
   *
   * @param authzid whom it asks for; empty if it does not ask
   * @param name who it proves to be
   */
  static boolean isOwn(String authzid, String name) {
    if (authzid.isEmpty()) {
      return true;
    }
    Optional<String> prepared = SaslPrep.ofName(authzid);
    return prepared.isPresent() && prepared.equals(SaslPrep.ofName(name));
  }
}
