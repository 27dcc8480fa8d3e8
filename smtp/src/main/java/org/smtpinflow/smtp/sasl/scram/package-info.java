// SPDX-License-Identifier: Apache-2.0
/**
 * SCRAM-SHA-256 and SCRAM-SHA-256-PLUS (RFC 5802, RFC 7677): messages, verifiers, channel binding
 * and the server's side of the exchange.
 *
 * <p>May import the API and {@code smtp.sasl}; not {@code smtp.sasl.credentials}, which implements
 * {@link org.smtpinflow.smtp.sasl.scram.ScramUsers}.
 */
package org.smtpinflow.smtp.sasl.scram;
