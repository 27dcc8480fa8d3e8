// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.sasl;

/** A SASL mechanism (RFC 4422), as a server offers it. Used by many sessions at once. */
public interface SaslMechanism {

  /** Returns the registered name, in capitals, such as {@code PLAIN}. */
  String name();

  /**
   * Says whether a client that came through this channel could succeed. A mechanism that is not
   * offered cannot be used either. Does not block.
   */
  boolean isOfferedOn(SecureChannel channel);

  /** Begins an exchange with one client. Does not block. */
  SaslExchange begin(SecureChannel channel);
}
