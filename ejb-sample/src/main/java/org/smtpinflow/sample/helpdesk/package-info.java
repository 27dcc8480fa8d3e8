// SPDX-License-Identifier: Apache-2.0
/**
 * A help desk that receives its tickets by mail: the desk itself.
 *
 * <p>The message-driven beans ({@code *Bean}) decide which mail is taken and what is done with it.
 * {@link HelpDesk} stores it in their transaction. {@link Tickets} and {@link StoredMails} read
 * what is stored, for the web tier; {@link ContentRepository} keeps octets. The other classes are
 * the entities, and events about them.
 *
 * <p>This package imports {@code mime}, the API and Jakarta EE. It knows neither {@code outbox} nor
 * {@code web}; both observe its events.
 */
package org.smtpinflow.sample.helpdesk;
