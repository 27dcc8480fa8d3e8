// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.sample.helpdesk.outbox;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.smtpinflow.sample.helpdesk.StoredContent;

/**
 * What is sent to a customer: the words of the agent and the files, and nothing of the agent's own
 * header.
 *
 * @param from the address of the ticket, so that the customer's reply comes back to it
 * @param to the customer's mailbox
 * @param messageId the same in each attempt, so that a copy can be told from a second answer
 * @param inReplyTo the id of the customer's last message, if it had one
 * @param references the ids of the messages before, as the customer knows them
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

  /**
   * A file that goes with it.
   *
   * @param name its name
   * @param type its media type, without parameters
   * @param contentId the id of its {@link StoredContent}
   */
  public record File(String name, String type, long contentId) {}
}
