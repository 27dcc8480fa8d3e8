// SPDX-License-Identifier: Apache-2.0
/**
 * Message inflow (Jakarta Connectors 2.1, chapter 13): from a recipient and a message to the beans,
 * and from the outcome of their transaction to the reply.
 *
 * <p>A message's way: the SMTP server asks the {@link org.smtpinflow.rar.inflow.MailRouter} about
 * each recipient and each message. The {@link org.smtpinflow.rar.inflow.RoutingTable} knows which
 * beans take a recipient, and {@link org.smtpinflow.rar.inflow.Taken} keeps them until the message
 * comes. The {@link org.smtpinflow.rar.inflow.Dispatcher} lets a message wait in its {@link
 * org.smtpinflow.rar.inflow.DeliveryQueue} until there are permits, and has the work manager run
 * it. The {@link org.smtpinflow.rar.inflow.Delivery} calls the beans in a JTA transaction and turns
 * the outcome into the reply. {@link org.smtpinflow.rar.inflow.AdapterReply} has all replies.
 *
 * <p>May import {@link org.smtpinflow.rar.settings}, {@link org.smtpinflow.rar.container} and the
 * SMTP server.
 */
package org.smtpinflow.rar.inflow;
