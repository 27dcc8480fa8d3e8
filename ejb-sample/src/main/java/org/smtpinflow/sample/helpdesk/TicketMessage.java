// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.sample.helpdesk;

import jakarta.persistence.CascadeType;
import jakarta.persistence.Column;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.OneToMany;
import jakarta.persistence.OrderBy;
import jakarta.persistence.Table;
import jakarta.persistence.UniqueConstraint;
import java.util.ArrayList;
import java.util.List;
import org.smtpinflow.api.Mail;

/** A mail that was filed with a ticket. */
@Entity
@Table(
    name = "helpdesk_message",
    uniqueConstraints =
        @UniqueConstraint(
            name = "helpdesk_message_number",
            columnNames = {"ticket_id", "message_number"}))
public class TicketMessage extends ReceivedMail {

  @ManyToOne(optional = false, fetch = FetchType.LAZY)
  @JoinColumn(name = "ticket_id")
  private Ticket ticket;

  @Column(name = "message_number")
  private int number;

  @Embedded private Letter letter;

  @OneToMany(mappedBy = "message", cascade = CascadeType.PERSIST)
  @OrderBy("number")
  private List<Attachment> attachments = new ArrayList<>();

  /** For the persistence provider. */
  protected TicketMessage() {}

  /** Makes a message that is not filed yet; {@link Ticket#add} does that. */
  TicketMessage(Mail mail, Content original, Letter letter, List<StoredFile> files) {
    super(mail, original);
    this.letter = letter;
    for (StoredFile file : files) {
      attachments.add(new Attachment(this, attachments.size() + 1, file));
    }
  }

  void joined(Ticket joined, int place) {
    ticket = joined;
    number = place;
  }

  /** Returns the ticket that this message was filed with. */
  public Ticket ticket() {
    return ticket;
  }

  /** Returns the place of this message in its ticket, from 1, in order of arrival. */
  public int number() {
    return number;
  }

  /** Returns what people read of the message. */
  public Letter letter() {
    return letter;
  }

  /** Returns the files that came with the message. */
  public List<Attachment> attachments() {
    return List.copyOf(attachments);
  }
}
