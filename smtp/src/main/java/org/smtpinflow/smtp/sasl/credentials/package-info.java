// SPDX-License-Identifier: Apache-2.0
/**
 * The credentials file: users, their groups and their SCRAM verifiers; and the command that writes
 * it.
 *
 * <p>May import the API, {@code smtp.sasl}, {@code smtp.sasl.scram} and {@code smtp.files}.
 */
package org.smtpinflow.smtp.sasl.credentials;
