// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.sample.helpdesk.outbox;

/**
 * The event that an answer was stored for sending.
 *
 * @param id the id of the {@link Answer}
 */
record AnswerQueued(long id) {}
