// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.sample.helpdesk.outbox;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.smtpinflow.sample.helpdesk.StoredContent;

/**
 * A mail for a customer: the text and the files of an agent's message, and nothing of its header.
 *
 * @param from the address of the ticket, so that the customer's reply comes back to it
 * @param to the customer's mailbox
 * @param messageId the same in each attempt, so that a second copy can be recognized
 * @param inReplyTo the id of the customer's last message, if it had one
 * @param references the ids of the messages before, as the customer knows them, in order
 */
public record OutgoingMail(
    String from,
    String to,
    String subject,
    Instant date,
    String messageId,
    Optional<String> inReplyTo,
    List<String> references,
    String text,
    List<File> files) {

  /** Returns whether an address can only be sent by SMTPUTF8 (RFC 6531). */
  boolean needsSmtpUtf8() {
    return !isAscii(from) || !isAscii(to);
  }

  private static boolean isAscii(String address) {
    return address.chars().allMatch(c -> c < 0x80);
  }

  /**
   * A file that is sent with the mail.
   *
   * @param name the name of the file
   * @param type the media type, without parameters
   * @param contentId the id of the {@link StoredContent}
   */
  public record File(String name, String type, long contentId) {}
}
