// SPDX-License-Identifier: Apache-2.0
/**
 * A help desk that is fed by mail.
 *
 * <p>Three things are kept apart. The message-driven beans ({@code *Bean}) say which mail is taken
 * and what becomes of it. The services ({@link HelpDesk} for mail that comes in, {@link Tickets}
 * for what the web tier shows, {@link ContentStore} for octets) work on the entities. The pure
 * classes, {@link MimeReader} first, know what a mail means and nothing of a server.
 */
package org.smtpinflow.sample.helpdesk;
