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
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import jakarta.persistence.UniqueConstraint;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.smtpinflow.api.Mail;
import org.smtpinflow.sample.helpdesk.mime.MimeReading;
import org.smtpinflow.sample.helpdesk.mime.ReadableText;

/** A mail that is filed with a ticket. */
@Entity
// For all kinds of mail. A generator belongs to the persistence unit; in the superclass it would be
// defined once for each kind.
@SequenceGenerator(name = "helpdesk_mail_id", sequenceName = "helpdesk_mail_id", allocationSize = 1)
@Table(
    name = "helpdesk_message",
    uniqueConstraints =
        @UniqueConstraint(
            name = "helpdesk_message_number",
            columnNames = {"ticket_id", "message_number"}))
public class TicketMessage extends StoredMail {

  @ManyToOne(optional = false, fetch = FetchType.LAZY)
  @JoinColumn(name = "ticket_id")
  private Ticket ticket;

  @Column(name = "message_number")
  private int number;

  @Embedded private ReadableMail readable;

  /** The agent's name, as the container's security knows it; null if no agent sent the mail. */
  @Column(name = "agent_name", length = MimeReading.MAX_NAME)
  private String agent;

  @OneToMany(mappedBy = "message", cascade = CascadeType.PERSIST)
  @OrderBy("number")
  private List<Attachment> attachments = new ArrayList<>();

  /** For the persistence provider. */
  protected TicketMessage() {}

  /** Makes a message that is not filed yet; {@link Ticket#add} files it. */
  TicketMessage(Mail mail, StoredContent original, ReadableMail readable, List<StoredFile> files) {
    super(mail, original);
    this.readable = readable;
    for (StoredFile file : files) {
      attachments.add(new Attachment(this, attachments.size() + 1, file));
    }
  }

  /** Marks the message as sent by an agent, whom the container's security knows by this name. */
  void writtenBy(String name) {
    agent = ReadableText.line(name, MimeReading.MAX_NAME);
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

  /** Returns the message as people read it. */
  public ReadableMail readable() {
    return readable;
  }

  /**
   * Returns the verified name of the agent who sent the message; empty if no agent sent it. The
   * header of the message plays no part.
   */
  public Optional<String> agent() {
    return Optional.ofNullable(agent);
  }

  /** Returns the files that came with the message. */
  public List<Attachment> attachments() {
    return List.copyOf(attachments);
  }
}
