// SPDX-License-Identifier: Apache-2.0
/**
 * The SMTP server on the network: listeners, sessions, event loops, limits and counters. It carries
 * out the steps that the protocol requests.
 *
 * <p>May import the API, {@code smtp.protocol}, {@code smtp.content}, {@code smtp.sasl} and {@code
 * smtp.tls}.
 */
package org.smtpinflow.smtp.server;
