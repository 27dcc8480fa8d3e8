// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.sasl;

import java.util.Optional;

/**
 * The identity that a client asks to act as (RFC 4422, section 3.4.1). This server lets a client
 * act only as itself.
 */
public final class AuthorizationIdentity {

  private AuthorizationIdentity() {}

  /**
   * Returns whether a client asks to act as itself.
   *
   * @param authzid the authorization identity; empty if the client sends none
   * @param name the user name that the client authenticates as
   */
  public static boolean isOwn(String authzid, String name) {
    if (authzid.isEmpty()) {
      return true;
    }
    Optional<String> prepared = SaslPrep.ofName(authzid);
    return prepared.isPresent() && prepared.equals(SaslPrep.ofName(name));
  }
}
