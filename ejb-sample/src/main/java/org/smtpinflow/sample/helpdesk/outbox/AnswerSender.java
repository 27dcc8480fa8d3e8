// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.sample.helpdesk.outbox;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.ejb.Asynchronous;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.Timeout;
import jakarta.ejb.TimerConfig;
import jakarta.ejb.TimerService;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Sends the answers in the {@link Outbox}: each one at once, and by a timer those that failed or
 * that a stopped container left behind.
 *
 * <p>The mail server gets an answer twice if the container stops between the mail server's reply
 * and the commit of it. Both copies have the same Message-ID. An answer that was not stored is
 * never sent.
 */
@Singleton
@Startup
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class AnswerSender {

  private static final Logger LOG = System.getLogger("org.smtpinflow.sample.helpdesk");

  private static final Duration ROUND = Duration.ofSeconds(5);

  @Inject private Outbox outbox;
  @Inject private MailTransport transport;
  @Resource private TimerService timers;

  private final AtomicBoolean silenced = new AtomicBoolean();

  /** Sets the timer for the next round. */
  @PostConstruct
  void start() {
    // Not an interval, as containers log a warning if a round takes longer than that.
    timers.createSingleActionTimer(ROUND.toMillis(), new TimerConfig(null, false));
  }

  /** Sends the answers that are due. */
  @Timeout
  void round() {
    try {
      outbox.due().forEach(this::deliver);
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "Waiting answers cannot be sent in this round", e);
    } finally {
      start();
    }
  }

  /** Sends one answer on a thread of the container, if it is due. */
  @Asynchronous
  public void deliverSoon(long id) {
    deliver(id);
  }

  private void deliver(long id) {
    outbox.attempt(id).ifPresent(mail -> send(id, mail));
  }

  private void send(long id, OutgoingMail mail) {
    try {
      transport.send(mail);
    } catch (NotSentException e) {
      keep(id, mail, e);
      return;
    }
    outbox.sent(id);
    if (silenced.getAndSet(false)) {
      LOG.log(Level.INFO, "Answers to customers are sent again");
    }
  }

  private void keep(long id, OutgoingMail mail, NotSentException e) {
    if (e.isPermanent()) {
      LOG.log(Level.WARNING, "The answer from {0} was not sent: {1}", mail.from(), e.getMessage());
      outbox.fail(id, e.getMessage());
      return;
    }
    outbox.retry(id, e.getMessage());
    if (!silenced.getAndSet(true)) {
      LOG.log(
          Level.WARNING,
          "Answers to customers cannot be sent. They are kept and sent later: {0}",
          e.getMessage());
    }
  }
}
