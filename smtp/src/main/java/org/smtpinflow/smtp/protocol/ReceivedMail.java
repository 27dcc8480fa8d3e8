// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.protocol;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.smtpinflow.api.Client;
import org.smtpinflow.api.Envelope;
import org.smtpinflow.smtp.content.Content;

/**
 * A message that has arrived in full, before anyone takes responsibility for it.
 *
 * @param id the server's id of the message; see {@link org.smtpinflow.api.Mail#id}
 * @param envelope the envelope, with every recipient that was accepted
 * @param acceptances the receiver's data about each recipient, in the envelope's order
 * @param replyPerRecipient true if each recipient gets a reply (LMTP; RFC 2033, section 4.2), false
 *     if the message gets one (SMTP)
 * @param client the client that sent it
 * @param receivedAt when the client began to send the content
 * @param content the content, trace fields included
 */
public record ReceivedMail(
    String id,
    Envelope envelope,
    List<Acceptance> acceptances,
    boolean replyPerRecipient,
    Client client,
    Instant receivedAt,
    Content content) {

  /**
   * Copies the list; no argument may be null.
   *
   * @throws IllegalArgumentException if there are more or fewer acceptances than recipients
   */
  public ReceivedMail {
    Objects.requireNonNull(id, "id");
    acceptances = List.copyOf(acceptances);
    int recipients = envelope.recipients().size();
    if (acceptances.size() != recipients) {
      throw new IllegalArgumentException(
          "message has " + acceptances.size() + " acceptances for " + recipients + " recipients");
    }
    Objects.requireNonNull(client, "client");
    Objects.requireNonNull(receivedAt, "receivedAt");
    Objects.requireNonNull(content, "content");
  }

  /** Returns how many replies the message gets: one, or one for each recipient in LMTP. */
  public int replies() {
    return replyPerRecipient ? envelope.recipients().size() : 1;
  }

  /**
   * Checks the replies to this message.
   *
   * @return a copy of the list
   * @throws IllegalArgumentException if there are more or fewer than {@link #replies}, or if one of
   *     them is 3yz or has no enhanced status code
   */
  public List<Reply> requireReplies(List<Reply> replies) {
    List<Reply> checked = List.copyOf(replies);
    if (checked.size() != replies()) {
      throw new IllegalArgumentException(
          "answer has "
              + checked.size()
              + " replies, but the message gets "
              + replies()
              + " for "
              + envelope.recipients().size()
              + " recipients");
    }
    checked.forEach(Reply::requireOutcome);
    return checked;
  }
}
