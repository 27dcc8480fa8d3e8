// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.sasl;

/** A SASL mechanism (RFC 4422), on the server's side. Used by many sessions at once. */
public interface SaslMechanism {

  /** Returns the registered name, in capitals, such as {@code PLAIN}. */
  String name();

  /**
   * Returns whether a client of this channel could succeed. A mechanism that is not offered cannot
   * be used either. Does not block.
   */
  boolean isOfferedOn(SecureChannel channel);

  /** Starts an exchange with one client. Does not block. */
  SaslExchange begin(SecureChannel channel);
}
