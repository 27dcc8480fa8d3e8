// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.sample.helpdesk;

import jakarta.ejb.Stateless;
import jakarta.persistence.EntityGraph;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.TypedQuery;
import java.util.List;
import java.util.Optional;

/** Finds tickets and their contents, for the web tier. */
@Stateless
public class Tickets {

  private static final String ALL =
      "select t from Ticket t where t.id < :before order by t.id desc";

  private static final String MATCHING =
      """
      select t from Ticket t where t.id < :before and exists (
        select m from TicketMessage m where m.ticket = t and (
          lower(m.readable.subject) like lower(:pattern) escape '!'
          or lower(m.readable.from) like lower(:pattern) escape '!'
          or lower(m.readable.to) like lower(:pattern) escape '!'
          or lower(m.readable.cc) like lower(:pattern) escape '!'
          or lower(m.readable.text) like lower(:pattern) escape '!'
          or lower(m.sender) like lower(:pattern) escape '!'
          or lower(m.recipients) like lower(:pattern) escape '!'))
      order by t.id desc
      """;

  @PersistenceContext private EntityManager entityManager;

  /**
   * Finds tickets, the newest first.
   *
   * @param text a text that one of the messages must contain in its subject, sender, recipients or
   *     text, in upper or lower case; blank for all tickets
   * @param before only tickets with a lower id; for the next page, the id of the last ticket so far
   * @param limit how many at most
   */
  public List<Ticket> find(String text, long before, int limit) {
    TypedQuery<Ticket> query =
        text.isBlank()
            ? entityManager.createQuery(ALL, Ticket.class)
            : entityManager
                .createQuery(MATCHING, Ticket.class)
                .setParameter("pattern", LikePattern.containing(text.strip()));
    return query.setParameter("before", before).setMaxResults(limit).getResultList();
  }

  /** Finds a ticket. */
  public Optional<Ticket> ticket(long id) {
    return Optional.ofNullable(entityManager.find(Ticket.class, id));
  }

  /**
   * Returns messages of a ticket in order of arrival, with their attachments.
   *
   * @param from the number of the first one
   * @param limit how many at most
   */
  public List<TicketMessage> messages(long ticketId, int from, int limit) {
    return entityManager
        .createQuery(
            """
            select distinct m from TicketMessage m
            where m.ticket.id = :ticket and m.number >= :from and m.number < :to
            order by m.number
            """,
            TicketMessage.class)
        .setParameter("ticket", ticketId)
        .setParameter("from", from)
        .setParameter("to", from + limit)
        .setHint("jakarta.persistence.loadgraph", whole())
        .getResultList();
  }

  /** Loads the attachments and the lengths of all contents along with a message. */
  private EntityGraph<TicketMessage> whole() {
    EntityGraph<TicketMessage> graph = entityManager.createEntityGraph(TicketMessage.class);
    graph.addAttributeNodes("original");
    graph.addSubgraph("attachments").addAttributeNodes("content");
    return graph;
  }

  /** Finds the original of one message of a ticket. */
  public Optional<StoredContent> original(long ticketId, int number) {
    return entityManager
        .createQuery(
            """
            select c from TicketMessage m join m.original c
            where m.ticket.id = :ticket and m.number = :number
            """,
            StoredContent.class)
        .setParameter("ticket", ticketId)
        .setParameter("number", number)
        .getResultStream()
        .findFirst();
  }

  /** Finds a file that came with one message of a ticket. */
  public Optional<Attachment> attachment(long ticketId, int messageNumber, int number) {
    return entityManager
        .createQuery(
            """
            select a from Attachment a join fetch a.content
            where a.message.ticket.id = :ticket and a.message.number = :message
            and a.number = :number
            """,
            Attachment.class)
        .setParameter("ticket", ticketId)
        .setParameter("message", messageNumber)
        .setParameter("number", number)
        .getResultStream()
        .findFirst();
  }
}
