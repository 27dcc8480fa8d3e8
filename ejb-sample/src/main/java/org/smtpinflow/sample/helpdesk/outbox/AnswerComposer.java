// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.sample.helpdesk.outbox;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.smtpinflow.sample.helpdesk.Attachment;
import org.smtpinflow.sample.helpdesk.Ticket;
import org.smtpinflow.sample.helpdesk.TicketMessage;

/**
 * Composes the mail that the customer gets of an agent's answer. To the customer, a ticket is an
 * exchange of mails with one address.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.MANDATORY)
public class AnswerComposer {

  /** An answer refers to so many messages before it, the last ones: this bounds the field. */
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

  /** Composes the mail for the customer. */
  public OutgoingMail compose(Answer answer) {
    TicketMessage message = answer.message();
    Ticket ticket = message.ticket();
    List<TicketMessage> former = former(message);
    Set<Long> answers = answersAmong(former);
    return new OutgoingMail(
        ticket.address(),
        answer.recipient(),
        subject(message, ticket),
        message.receivedAt().toInstant(),
        outgoingId(message),
        lastOfCustomer(former, answers),
        former.stream().map(each -> knownId(each, answers)).flatMap(Optional::stream).toList(),
        message.readable().text(),
        message.attachments().stream().map(AnswerComposer::file).toList());
  }

  /** Returns the messages before one, in order of arrival. */
  private List<TicketMessage> former(TicketMessage message) {
    List<TicketMessage> newestFirst =
        entityManager
            .createQuery(
                """
                select m from TicketMessage m
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

  /** Returns the ids of those messages that are answers of agents. */
  private Set<Long> answersAmong(List<TicketMessage> messages) {
    if (messages.isEmpty()) {
      return Set.of();
    }
    return new HashSet<>(
        entityManager
            .createQuery("select a.message.id from Answer a where a.message.id in :ids", Long.class)
            .setParameter("ids", messages.stream().map(TicketMessage::id).toList())
            .getResultList());
  }

  private static Optional<String> lastOfCustomer(List<TicketMessage> former, Set<Long> answers) {
    return former.stream()
        .filter(message -> !answers.contains(message.id()))
        .flatMap(message -> message.readable().messageId().stream())
        .reduce((earlier, later) -> later);
  }

  /**
   * Returns the id by which the customer knows a message: of an answer, the id of what was sent.
   */
  private static Optional<String> knownId(TicketMessage message, Set<Long> answers) {
    return answers.contains(message.id())
        ? Optional.of(outgoingId(message))
        : message.readable().messageId();
  }

  private static String outgoingId(TicketMessage message) {
    String address = message.ticket().address();
    String domain = address.substring(address.lastIndexOf('@') + 1);
    return "<" + message.mailId() + "." + message.ticket().id() + "@" + domain + ">";
  }

  private static String subject(TicketMessage message, Ticket ticket) {
    return message.readable().subject().isEmpty()
        ? "Re: " + ticket.subject()
        : message.readable().subject();
  }

  private static OutgoingMail.File file(Attachment attachment) {
    return new OutgoingMail.File(attachment.name(), attachment.type(), attachment.content().id());
  }
}
