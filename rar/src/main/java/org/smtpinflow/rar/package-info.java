// SPDX-License-Identifier: Apache-2.0
/**
 * The resource adapter (Jakarta Connectors 2.1): lifecycle and message inflow on one side, the SMTP
 * server on the other.
 *
 * <p>A message's way: the SMTP server asks {@link org.smtpinflow.rar.Inflow} about each recipient
 * and each message; {@link org.smtpinflow.rar.RoutingTable} knows which beans take what; {@link
 * org.smtpinflow.rar.Dispatcher} lets a message wait until there is room for it; {@link
 * org.smtpinflow.rar.Delivery} calls the beans in a JTA transaction and turns the outcome into the
 * reply.
 */
package org.smtpinflow.rar;
