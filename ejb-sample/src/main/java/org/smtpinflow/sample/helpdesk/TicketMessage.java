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
import jakarta.persistence.OneToOne;
import jakarta.persistence.OrderBy;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import jakarta.persistence.UniqueConstraint;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.smtpinflow.api.Mail;

/** A mail that was filed with a ticket. */
@Entity
// Of all kinds of mail: a generator belongs to the persistence unit, and the superclass would
// define it once for each kind.
@SequenceGenerator(name = "helpdesk_mail_id", sequenceName = "helpdesk_mail_id", allocationSize = 1)
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

  /** The name that the server's security gives the agent; null if no agent sent it. */
  @Column(name = "agent_name", length = MimeReading.MAX_NAME)
  private String agent;

  @OneToOne(mappedBy = "message", fetch = FetchType.LAZY)
  private Answer answer;

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

  /** Says that an agent sent it, as the server's security knows, whatever its header says. */
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

  /** Returns what people read of the message. */
  public Letter letter() {
    return letter;
  }

  /** Returns the name of the agent who sent it, verified; empty if it was not an agent. */
  public Optional<String> agent() {
    return Optional.ofNullable(agent);
  }

  /** Both sides say it, as a persistence provider may keep this object and not read it again. */
  void answeredBy(Answer answer) {
    this.answer = answer;
  }

  /** Returns how it is sent on to the customer; empty if it is no answer of an agent. */
  public Optional<Answer> answer() {
    return Optional.ofNullable(answer);
  }

  /** Returns the files that came with the message. */
  public List<Attachment> attachments() {
    return List.copyOf(attachments);
  }
}
