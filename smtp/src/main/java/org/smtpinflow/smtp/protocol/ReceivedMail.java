// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.protocol;

import java.time.Instant;
import org.smtpinflow.api.Client;
import org.smtpinflow.api.Envelope;
import org.smtpinflow.smtp.content.Content;

/**
 * A message that has arrived in full, and for which nobody has taken responsibility yet.
 *
 * @param id the server's id of the message; see {@link org.smtpinflow.api.Mail#id}
 * @param envelope the envelope, with every recipient accepted
 * @param client who sent it
 * @param receivedAt when the client began to send the content
 * @param content the content, trace fields included
 */
public record ReceivedMail(
    String id, Envelope envelope, Client client, Instant receivedAt, Content content) {}
