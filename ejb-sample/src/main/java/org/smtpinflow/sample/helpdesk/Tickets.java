// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.sample.helpdesk;

import jakarta.ejb.Stateless;
import jakarta.persistence.EntityGraph;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.TypedQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

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
  public Page<Ticket> find(String text, long before, int limit) {
    TypedQuery<Ticket> query =
        text.isBlank()
            ? entityManager.createQuery(ALL, Ticket.class)
            : entityManager
                .createQuery(MATCHING, Ticket.class)
                .setParameter("pattern", LikePattern.containing(text.strip()));
    List<Ticket> found =
        query.setParameter("before", before).setMaxResults(limit + 1).getResultList();
    return new Page<>(found.subList(0, Math.min(limit, found.size())), found.size() > limit);
  }

  /** Finds a ticket. */
  public Optional<Ticket> ticket(long id) {
    return Optional.ofNullable(entityManager.find(Ticket.class, id));
  }

  /**
   * Returns messages of a ticket in order of arrival, with their attachments: as many as fit into a
   * {@link Page}.
   *
   * @param from the number of the first one
   * @param limit how many at most
   */
  public Page<TicketMessage> messages(long ticketId, int from, int limit) {
    List<Long> characters = characters(ticketId, from, limit + 1);
    int count = Math.min(limit, Page.fitting(characters));
    List<TicketMessage> messages =
        entityManager
            .createQuery(
                """
                select distinct m from TicketMessage m
                where m.ticket.id = :ticket and m.number >= :from and m.number < :to
                order by m.number
                """,
                TicketMessage.class)
            .setParameter("ticket", ticketId)
            .setParameter("from", from)
            .setParameter("to", from + count)
            .setHint("jakarta.persistence.loadgraph", whole())
            .getResultList();
    return new Page<>(messages, characters.size() > count);
  }

  /** Returns the characters of messages that are numbered without a gap. */
  private List<Long> characters(long ticketId, int from, int limit) {
    List<Object[]> lengths =
        entityManager
            .createQuery(
                """
                select length(m.readable.text), length(m.recipients) from TicketMessage m
                where m.ticket.id = :ticket and m.number >= :from
                order by m.number
                """,
                Object[].class)
            .setParameter("ticket", ticketId)
            .setParameter("from", from)
            .setMaxResults(limit)
            .getResultList();
    Map<Integer, Long> attachments = attachments(ticketId, from, limit);
    List<Long> characters = new ArrayList<>();
    for (Object[] row : lengths) {
      long names = attachments.getOrDefault(from + characters.size(), 0L) * Attachment.MAX_NAMES;
      characters.add(length(row[0]) + length(row[1]) + names);
    }
    return characters;
  }

  /** Some databases treat an empty text as null, which has no length. */
  private static long length(Object length) {
    return length == null ? 0 : ((Number) length).longValue();
  }

  /** Returns how many attachments messages have, by the number of the message. */
  private Map<Integer, Long> attachments(long ticketId, int from, int limit) {
    return entityManager
        .createQuery(
            """
            select a.message.number, count(a) from Attachment a
            where a.message.ticket.id = :ticket
            and a.message.number >= :from and a.message.number < :to
            group by a.message.number
            """,
            Object[].class)
        .setParameter("ticket", ticketId)
        .setParameter("from", from)
        .setParameter("to", from + limit)
        .getResultStream()
        .collect(Collectors.toMap(row -> (Integer) row[0], row -> ((Number) row[1]).longValue()));
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
