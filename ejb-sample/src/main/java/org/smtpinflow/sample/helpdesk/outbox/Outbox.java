// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.sample.helpdesk.outbox;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.smtpinflow.sample.helpdesk.AgentMessageFiled;
import org.smtpinflow.sample.helpdesk.DeskUpdate;
import org.smtpinflow.sample.helpdesk.TicketMessage;
import org.smtpinflow.sample.helpdesk.mime.MimeReading;

/**
 * The answers to customers, sent and unsent. An answer is added in the transaction that stores the
 * agent's message, and sent after that transaction. It is sent if and only if it was stored, and no
 * crash can lose it.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class Outbox {

  private static final int MAX_DUE = 100;

  @PersistenceContext private EntityManager entityManager;
  @Inject private AnswerComposer composer;
  @Inject private Event<AnswerQueued> queued;
  @Inject private Event<DeskUpdate> updates;

  /** Adds an agent's message, in the transaction that files it. */
  @TransactionAttribute(TransactionAttributeType.MANDATORY)
  public void add(@Observes AgentMessageFiled filed) {
    TicketMessage message = filed.message();
    String customer = composer.customer(message.ticket());
    Answer answer = new Answer(message, customer);
    obstacle(message, customer, filed.automaticSign()).ifPresent(answer::fail);
    entityManager.persist(answer);
    if (answer.state() == Answer.State.WAITING) {
      queued.fire(new AnswerQueued(answer.id()));
    }
  }

  /** Returns why an answer must not be sent; empty if it may be sent. */
  private static Optional<String> obstacle(
      TicketMessage message, String customer, String automaticSign) {
    if (customer.isEmpty()) {
      return Optional.of("the ticket was opened without a return address");
    }
    if (message.ticket().isOwnAddress(customer)) {
      return Optional.of("the customer's address is the desk's own");
    }
    if (!automaticSign.isEmpty()) {
      return Optional.of("a program wrote it, as " + automaticSign + " shows");
    }
    if (message.readable().textTruncated()) {
      return Optional.of("its text is longer than " + MimeReading.MAX_TEXT + " characters");
    }
    return Optional.empty();
  }

  /**
   * Returns the answers among some messages.
   *
   * @param messages messages of any tickets, not too many for one query
   * @return the answers by the id of their message; without the messages that are not answers
   */
  @TransactionAttribute(TransactionAttributeType.REQUIRED)
  public Map<Long, Answer> answersAmong(List<TicketMessage> messages) {
    if (messages.isEmpty()) {
      return Map.of();
    }
    return entityManager
        .createQuery(
            "select a.message.id, a from Answer a where a.message.id in :ids", Object[].class)
        .setParameter("ids", messages.stream().map(TicketMessage::id).toList())
        .getResultStream()
        .collect(Collectors.toMap(row -> (Long) row[0], row -> (Answer) row[1]));
  }

  /** Returns the ids of answers that are to be sent now. */
  public List<Long> due() {
    return entityManager
        .createQuery(
            """
            select a.id from Answer a
            where a.state = :waiting and a.nextAttemptAt <= :now
            order by a.nextAttemptAt
            """,
            Long.class)
        .setParameter("waiting", Answer.State.WAITING)
        .setParameter("now", now())
        .setMaxResults(MAX_DUE)
        .getResultList();
  }

  /**
   * Begins an attempt to send an answer. The attempt is stored in a separate transaction: no other
   * thread or server makes the same attempt, and none holds a lock while a mail server is slow.
   *
   * @return the mail to send; empty if the answer is not due any more, or not yet
   */
  public Optional<OutgoingMail> attempt(long id) {
    Answer answer = lock(id);
    if (answer == null || !answer.isDue(now())) {
      return Optional.empty();
    }
    answer.attempt(now());
    return Optional.of(composer.compose(answer));
  }

  /** Stores that the mail server has taken an answer. */
  public void sent(long id) {
    update(id, answer -> answer.sent(now()));
  }

  /** Stores that an attempt has failed, and when the next one is made if any is left. */
  public void retry(long id, String reason) {
    update(id, answer -> answer.retry(now(), reason));
  }

  /** Stores that an answer will not be sent. */
  public void fail(long id, String reason) {
    update(id, answer -> answer.fail(reason));
  }

  private void update(long id, Consumer<Answer> change) {
    Answer answer = lock(id);
    if (answer != null) {
      change.accept(answer);
      updates.fire(new DeskUpdate(DeskUpdate.Kind.TICKET, answer.message().ticket().id()));
    }
  }

  private Answer lock(long id) {
    return entityManager.find(Answer.class, id, LockModeType.PESSIMISTIC_WRITE);
  }

  private static OffsetDateTime now() {
    return OffsetDateTime.now(ZoneOffset.UTC);
  }
}
