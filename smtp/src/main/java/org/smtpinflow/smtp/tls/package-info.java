// SPDX-License-Identifier: Apache-2.0
/**
 * TLS on the server's side: keys and certificates, their replacement while the server runs, and
 * client certificates.
 *
 * <p>May import the API and {@code smtp.x509}; not {@code smtp.protocol}, {@code smtp.sasl} or
 * {@code smtp.server}.
 */
package org.smtpinflow.smtp.tls;
