// SPDX-License-Identifier: Apache-2.0
/**
 * SASL (RFC 4422) on the server's side: the contract of a mechanism and its exchange, and the
 * mechanisms PLAIN, LOGIN, EXTERNAL, OAUTHBEARER and XOAUTH2. The subpackages have SCRAM and the
 * credentials file.
 *
 * <p>May import the API and {@code smtp.x509}; neither of its subpackages, nor any other package of
 * the SMTP server.
 */
package org.smtpinflow.smtp.sasl;
