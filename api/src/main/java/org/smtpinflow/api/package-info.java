// SPDX-License-Identifier: Apache-2.0
/**
 * The API for authors of message-driven beans: the {@linkplain MailListener listener interface},
 * the {@linkplain Mail mail} that a bean receives, and the two exceptions that refuse it.
 *
 * <p>No method here returns or accepts {@code null}. All value types are immutable.
 */
package org.smtpinflow.api;
