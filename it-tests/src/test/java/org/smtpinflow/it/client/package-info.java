// SPDX-License-Identifier: Apache-2.0
/**
 * The clients of the adapter and of the applications: SMTP sessions, mail programs, relays and
 * browsers; and the mail server that applications send to.
 *
 * <p>Imports {@code container}, {@code environment} and {@code app}.
 */
package org.smtpinflow.it.client;
