// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.sample.helpdesk;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.smtpinflow.api.Mail;
import org.smtpinflow.api.Recipient;
import org.smtpinflow.sample.helpdesk.mime.DecodedStream;
import org.smtpinflow.sample.helpdesk.mime.MimeReader;
import org.smtpinflow.sample.helpdesk.mime.MimeReading;

/**
 * Takes mail in. Every method works in the transaction of the message-driven bean that calls it.
 * The mail is stored if and only if the sender gets 250.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.MANDATORY)
public class HelpDesk {

  /** How long to wait for another mail that is being filed with the same ticket. */
  private static final Map<String, Object> LOCK_TIMEOUT =
      Map.of("jakarta.persistence.lock.timeout", 30_000);

  @PersistenceContext private EntityManager entityManager;
  @Inject private ContentRepository contents;
  @Inject private Event<AgentMessageFiled> agentMessages;
  @Inject private Event<DeskUpdate> updates;

  /**
   * Files a mail with every ticket that its recipients name. If they name no ticket that exists,
   * the mail opens one ticket. A mail that goes to a ticket and to the desk opens none.
   */
  public void file(Mail mail) {
    file(mail, Optional.empty());
  }

  /**
   * Files a mail that an agent sent, and fires {@link AgentMessageFiled} for each ticket that the
   * mail names.
   *
   * @param agent the name of the agent, as the container's security knows it
   */
  public void fileOfAgent(Mail mail, String agent) {
    file(mail, Optional.of(agent));
  }

  private void file(Mail mail, Optional<String> agent) {
    StoredContent original = contents.keep(mail.content());
    MimeReading reading = MimeReader.read(mail);
    List<StoredFile> files = reading.files().stream().map(this::keep).toList();

    List<Ticket> named = namedTickets(mail.envelope().recipients());
    if (named.isEmpty()) {
      TicketMessage first = new TicketMessage(mail, original, new ReadableMail(reading), files);
      agent.ifPresent(first::writtenBy);
      file(first, new Ticket(first));
    }
    for (Ticket ticket : named) {
      TicketMessage further = new TicketMessage(mail, original, new ReadableMail(reading), files);
      agent.ifPresent(further::writtenBy);
      file(further, ticket);
      if (agent.isPresent()) {
        agentMessages.fire(new AgentMessageFiled(further, automaticSign(further, reading)));
      }
    }
  }

  /** The null reverse-path is for mail that nobody may answer (RFC 5321, section 4.5.5). */
  private static String automaticSign(TicketMessage message, MimeReading reading) {
    return message.sender().isEmpty() ? "its null reverse-path" : reading.automaticSign();
  }

  private StoredFile keep(MimeReading.FilePart file) {
    DecodedStream decoded = new DecodedStream(file.part());
    StoredContent content = contents.keep(decoded);
    return new StoredFile(file.name(), file.type(), decoded.isDamaged(), content);
  }

  /** Finds and locks the tickets, always in the same order so that two mails cannot deadlock. */
  private List<Ticket> namedTickets(List<Recipient> recipients) {
    return recipients.stream()
        .map(recipient -> TicketAddress.ticketId(recipient.path().localPart()))
        .flatMapToLong(OptionalLong::stream)
        .distinct()
        .sorted()
        .mapToObj(this::lock)
        .filter(Objects::nonNull)
        .toList();
  }

  private Ticket lock(long id) {
    return entityManager.find(Ticket.class, id, LockModeType.PESSIMISTIC_WRITE, LOCK_TIMEOUT);
  }

  private void file(TicketMessage message, Ticket ticket) {
    ticket.add(message);
    entityManager.persist(ticket);
    entityManager.persist(message);
    updates.fire(new DeskUpdate(DeskUpdate.Kind.TICKET, ticket.id()));
  }

  /** Puts a copy of a mail into the archive. */
  public void archive(Mail mail) {
    entityManager.persist(new ArchivedMail(mail, contents.keep(mail.content())));
  }

  /** Keeps a mail as a note to the postmaster. */
  public void note(Mail mail) {
    StoredContent original = contents.keep(mail.content());
    ReadableMail readable = new ReadableMail(MimeReader.read(mail));
    PostmasterNote note = new PostmasterNote(mail, original, readable);
    entityManager.persist(note);
    updates.fire(new DeskUpdate(DeskUpdate.Kind.NOTE, note.id()));
  }
}
