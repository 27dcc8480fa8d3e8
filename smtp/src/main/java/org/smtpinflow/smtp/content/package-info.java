// SPDX-License-Identifier: Apache-2.0
/**
 * The content of messages, on the heap or in temporary files, within a budget.
 *
 * <p>May import the API, {@code smtp.files} and Netty's buffers.
 */
package org.smtpinflow.smtp.content;
