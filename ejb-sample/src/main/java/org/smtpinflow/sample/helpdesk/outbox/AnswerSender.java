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
 * Sends what is in the {@link Outbox}: each answer at once, and by a timer what is to be tried
 * again or was left by a server that stopped.
 *
 * <p>The mail server may get an answer twice, if this server stops between its reply and the commit
 * here; both copies have the same Message-ID. It never gets one that was not stored.
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

  /** Waits for the first round. */
  @PostConstruct
  void start() {
    // Not an interval: a round that takes longer would make the server complain.
    timers.createSingleActionTimer(ROUND.toMillis(), new TimerConfig(null, false));
  }

  /** Sends what is due. */
  @Timeout
  void round() {
    try {
      outbox.due().forEach(this::deliver);
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "Answers that wait cannot be sent in this round", e);
    } finally {
      start();
    }
  }

  /** Sends one answer on a thread of the server, if it is due. */
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
      LOG.log(Level.INFO, "Answers are sent to customers again");
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
          "Answers are not sent to customers, but kept and tried again: {0}",
          e.getMessage());
    }
  }
}
