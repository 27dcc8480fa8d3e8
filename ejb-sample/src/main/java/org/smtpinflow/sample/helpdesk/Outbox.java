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
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The answers that are to be sent to customers. An answer is put here in the transaction that
 * stores it, and taken out in a later one: it is sent if and only if it was stored, and no crash
 * can lose it.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class Outbox {

  private static final int MAX_DUE = 100;

  @PersistenceContext private EntityManager entityManager;
  @Inject private Conversation conversation;
  @Inject private Event<AnswerQueued> queued;
  @Inject private Event<DeskUpdate> updates;

  /**
   * Puts an agent's message here, in the transaction of the caller.
   *
   * @param message the message, which has been filed with a ticket
   * @param automatic whether a program wrote it, and no agent
   */
  @TransactionAttribute(TransactionAttributeType.MANDATORY)
  public void add(TicketMessage message, boolean automatic) {
    String customer = conversation.customer(message.ticket());
    Answer answer = new Answer(message, customer);
    obstacle(message, customer, automatic).ifPresent(answer::fail);
    entityManager.persist(answer);
    if (answer.state() == Answer.State.WAITING) {
      queued.fire(new AnswerQueued(answer.id()));
    }
  }

  /** Says why an answer must not be sent; empty if nothing is in the way. */
  private static Optional<String> obstacle(
      TicketMessage message, String customer, boolean automatic) {
    if (customer.isEmpty()) {
      return Optional.of("the ticket was opened without a return address");
    }
    if (message.ticket().isOwnAddress(customer)) {
      return Optional.of("the customer's address is the desk's own");
    }
    if (automatic) {
      return Optional.of("it was written by a program, as its Auto-Submitted field says");
    }
    if (message.letter().textTruncated()) {
      return Optional.of("its text is longer than " + MimeReading.MAX_TEXT + " characters");
    }
    return Optional.empty();
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
   * Begins an attempt to send an answer. It is a transaction of its own, so that no other thread or
   * server makes the same attempt, and none holds a lock while a mail server takes its time.
   *
   * @return what to send; empty if it is no longer, or not yet, to be sent
   */
  public Optional<OutgoingMail> attempt(long id) {
    Answer answer = lock(id);
    if (answer == null || !answer.isDue(now())) {
      return Optional.empty();
    }
    answer.attempt(now());
    return Optional.of(conversation.outgoing(answer));
  }

  /** Keeps that the mail server has taken an answer. */
  public void sent(long id) {
    update(id, answer -> answer.sent(now()));
  }

  /** Keeps that an attempt has failed, and when the next one is made if any is left. */
  public void retry(long id, String reason) {
    update(id, answer -> answer.retry(now(), reason));
  }

  /** Keeps that there is no use in sending an answer. */
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
