// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.sample.helpdesk;

/**
 * The event that a message of an agent was filed with an existing ticket. It is fired in the
 * transaction that stores the message. An observer that fails rolls that transaction back.
 *
 * @param message the message, with its ticket
 * @param automaticSign the sign that a program wrote the message without a person, such as "its
 *     Auto-Submitted field"; empty if there is none
 */
public record AgentMessageFiled(TicketMessage message, String automaticSign) {}
