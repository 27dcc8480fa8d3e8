// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.sample.helpdesk;

/**
 * The event that an answer is to be sent.
 *
 * @param id the id of the {@link Answer}
 */
record AnswerQueued(long id) {}
