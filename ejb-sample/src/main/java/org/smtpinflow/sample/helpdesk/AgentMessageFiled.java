// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.sample.helpdesk;

/**
 * The event that a message of an agent was filed with a ticket that was there before. It is fired
 * in the transaction that stores the message. An observer that fails rolls that transaction back.
 *
 * @param message the message, with its ticket
 * @param automaticSign what shows that a program wrote the message without a person, such as "its
 *     Auto-Submitted field"; empty if nothing does
 */
public record AgentMessageFiled(TicketMessage message, String automaticSign) {}
