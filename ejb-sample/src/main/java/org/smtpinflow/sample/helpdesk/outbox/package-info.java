// SPDX-License-Identifier: Apache-2.0
/**
 * Sends the answers of agents to customers. {@link Outbox} stores them, {@link AnswerComposer}
 * makes the mail, {@link AnswerSender} decides when to send it, and {@link MailTransport} sends it.
 *
 * <p>This package imports the desk, its {@code mime} package, Jakarta Mail and Jakarta EE. The desk
 * does not know it: {@link Outbox} observes the desk's event {@code AgentMessageFiled}.
 */
package org.smtpinflow.sample.helpdesk.outbox;
