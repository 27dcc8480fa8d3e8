// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.sample.helpdesk;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import java.time.OffsetDateTime;
import org.smtpinflow.sample.helpdesk.mime.MimeReading;

/** A request of a customer, with all messages about it. */
@Entity
@Table(name = "helpdesk_ticket")
public class Ticket {

  @Id
  @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "helpdesk_ticket_id")
  @SequenceGenerator(
      name = "helpdesk_ticket_id",
      sequenceName = "helpdesk_ticket_id",
      allocationSize = 1)
  private long id;

  @Column(name = "subject_field", nullable = false, length = MimeReading.MAX_FIELD)
  private String subject;

  @Column(name = "from_field", nullable = false, length = MimeReading.MAX_FIELD)
  private String from;

  @Column(name = "desk_address", nullable = false, length = StoredMail.MAX_PATH)
  private String desk;

  @Column(name = "opened_at", nullable = false)
  private OffsetDateTime openedAt;

  @Column(name = "updated_at", nullable = false)
  private OffsetDateTime updatedAt;

  @Column(name = "message_count")
  private int messageCount;

  /** For the persistence provider. */
  protected Ticket() {}

  /** Opens a ticket for a message, which the caller then {@linkplain #add adds}. */
  Ticket(TicketMessage first) {
    this.subject = first.readable().subject();
    this.from = first.readable().from();
    this.desk = first.recipients().get(0);
    this.openedAt = first.receivedAt();
    this.updatedAt = first.receivedAt();
  }

  /** Files a message. The caller holds a lock on the ticket, as numbers are given in order. */
  void add(TicketMessage message) {
    messageCount++;
    message.joined(this, messageCount);
    if (message.receivedAt().isAfter(updatedAt)) {
      updatedAt = message.receivedAt();
    }
  }

  /** Returns the primary key, which is also the number that people know the ticket by. */
  public long id() {
    return id;
  }

  /** Returns the address that adds to this ticket. */
  public String address() {
    return TicketAddress.of(desk, id);
  }

  /** Returns whether mail to a mailbox comes back to the desk, to this or any other ticket. */
  public boolean isOwnAddress(String mailbox) {
    return TicketAddress.desk(mailbox).equalsIgnoreCase(TicketAddress.desk(desk));
  }

  /** Returns the subject of the first message. */
  public String subject() {
    return subject;
  }

  /** Returns the author of the first message. */
  public String from() {
    return from;
  }

  /** Returns when the first message arrived. */
  public OffsetDateTime openedAt() {
    return openedAt;
  }

  /** Returns when the last message arrived. */
  public OffsetDateTime updatedAt() {
    return updatedAt;
  }

  /** Returns the number of messages; they are numbered from 1 to this. */
  public int messageCount() {
    return messageCount;
  }
}
