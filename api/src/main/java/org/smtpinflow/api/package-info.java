// SPDX-License-Identifier: Apache-2.0
/**
 * What the author of a message-driven bean compiles against: the {@linkplain MailListener listener
 * interface}, the {@linkplain Mail mail} it is handed, and the two exceptions that refuse one.
 *
 * <p>No method here returns or accepts {@code null}. All value types are immutable.
 */
package org.smtpinflow.api;
