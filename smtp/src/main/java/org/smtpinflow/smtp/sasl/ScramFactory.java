// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.sasl;

/** Makes the SCRAM mechanisms (RFC 5802) for one set of users. */
public interface ScramFactory {

  /**
   * Makes SCRAM-SHA-256.
   *
   * @param boundIsConfigured whether this server has SCRAM-SHA-256-PLUS as well. If so, the
   *     exchange refuses a client that supports channel binding but believes that the server does
   *     not: an attacker has removed the stronger mechanism from the server's list (RFC 5802,
   *     section 6)
   */
  SaslMechanism unbound(boolean boundIsConfigured);

  /** Makes SCRAM-SHA-256-PLUS, which is bound to the TLS channel. */
  SaslMechanism bound();
}
