// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.sample.helpdesk;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** A ticket as the customer sees it: an exchange of mails with the desk. */
@Stateless
@TransactionAttribute(TransactionAttributeType.MANDATORY)
public class Conversation {

  /** How many messages an answer refers to: the last ones, so that the field stays bounded. */
  private static final int MAX_REFERENCES = 20;

  @PersistenceContext private EntityManager entityManager;

  /** Returns the reverse-path of a ticket's first message; empty if it was null. */
  public String customer(Ticket ticket) {
    return entityManager
        .createQuery(
            "select m.sender from TicketMessage m where m.ticket = :ticket and m.number = 1",
            String.class)
        .setParameter("ticket", ticket)
        .getSingleResult();
  }

  /** Returns what the customer gets of an answer. */
  public OutgoingMail outgoing(Answer answer) {
    TicketMessage message = answer.message();
    Ticket ticket = message.ticket();
    List<TicketMessage> former = former(message);
    return new OutgoingMail(
        ticket.address(),
        answer.recipient(),
        subject(message, ticket),
        message.receivedAt().toInstant(),
        outgoingId(message),
        lastOfCustomer(former),
        former.stream().map(Conversation::knownId).flatMap(Optional::stream).toList(),
        message.letter().text(),
        message.attachments().stream().map(Conversation::file).toList());
  }

  /** Returns the messages before one, in order of arrival. */
  private List<TicketMessage> former(TicketMessage message) {
    List<TicketMessage> newestFirst =
        entityManager
            .createQuery(
                """
                select m from TicketMessage m left join fetch m.answer
                where m.ticket = :ticket and m.number < :number
                order by m.number desc
                """,
                TicketMessage.class)
            .setParameter("ticket", message.ticket())
            .setParameter("number", message.number())
            .setMaxResults(MAX_REFERENCES)
            .getResultList();
    List<TicketMessage> inOrder = new ArrayList<>(newestFirst);
    Collections.reverse(inOrder);
    return inOrder;
  }

  private static Optional<String> lastOfCustomer(List<TicketMessage> former) {
    return former.stream()
        .filter(message -> message.answer().isEmpty())
        .flatMap(message -> message.letter().messageId().stream())
        .reduce((earlier, later) -> later);
  }

  /** Returns the id by which the customer knows a message: of an answer, that of what was sent. */
  private static Optional<String> knownId(TicketMessage message) {
    return message.answer().isPresent()
        ? Optional.of(outgoingId(message))
        : message.letter().messageId();
  }

  private static String outgoingId(TicketMessage message) {
    String address = message.ticket().address();
    String domain = address.substring(address.lastIndexOf('@') + 1);
    return "<" + message.mailId() + "." + message.ticket().id() + "@" + domain + ">";
  }

  private static String subject(TicketMessage message, Ticket ticket) {
    return message.letter().subject().isEmpty()
        ? "Re: " + ticket.subject()
        : message.letter().subject();
  }

  private static OutgoingMail.File file(Attachment attachment) {
    return new OutgoingMail.File(attachment.name(), attachment.type(), attachment.content().id());
  }
}
