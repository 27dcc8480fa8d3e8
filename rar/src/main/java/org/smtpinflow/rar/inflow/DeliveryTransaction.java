// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.rar.inflow;

import jakarta.ejb.EJBException;
import jakarta.resource.ResourceException;
import jakarta.resource.spi.endpoint.MessageEndpoint;
import jakarta.transaction.HeuristicMixedException;
import jakarta.transaction.HeuristicRollbackException;
import jakarta.transaction.RollbackException;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.SystemException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import org.smtpinflow.rar.container.Transactions;

/**
 * The JTA transaction of a delivery. The container begins it in {@code beforeDelivery} of the
 * leading endpoint and ends it in {@code afterDelivery} (Jakarta Connectors 2.1, chapter 13, option
 * B).
 *
 * <p>What {@code afterDelivery} returns says nothing reliable. So a synchronization learns how the
 * transaction ended.
 */
final class DeliveryTransaction {

  private static final Logger LOG = System.getLogger(DeliveryTransaction.class.getName());

  private final String mailId;
  private final MessageEndpoint leader;
  private final Transactions transactions;
  private final Outcome outcome = new Outcome();
  private long begunAt;

  /** Whether an exception said that not all may have been committed, whatever the status is. */
  private boolean doubtful;

  /** Whether the transaction was over, or marked for rollback, when the last bean returned. */
  private boolean endedEarly;

  /** Whether it was over then: no bean can end it, so that it timed out or its bean is leaving. */
  private boolean overEarly;

  DeliveryTransaction(String mailId, MessageEndpoint leader, Transactions transactions) {
    this.mailId = mailId;
    this.leader = leader;
    this.transactions = transactions;
  }

  /**
   * Has the container begin the transaction.
   *
   * @return whether it did; if not, {@link #end} must not be called
   */
  boolean begin() {
    begunAt = System.nanoTime();
    try {
      leader.beforeDelivery(MailEndpoint.ON_MAIL);
      return true;
    } catch (NoSuchMethodException | ResourceException | EJBException e) {
      // Payara and GlassFish throw an EJBException if the bean has been undeployed.
      LOG.log(
          Level.WARNING,
          "message {0}: the application server began no transaction: {1}",
          mailId,
          Throwables.inOneLine(e));
      return false;
    }
  }

  /** Learns from now on how the transaction ends. */
  void watch() {
    transactions.register(outcome);
  }

  boolean isActive() {
    return transactions.isActive();
  }

  /** Has it committed, after the last bean has returned. */
  void commit() {
    endedEarly = !transactions.isActive();
    overEarly = endedEarly && !transactions.isMarkedForRollback();
    try {
      transactions.commit();
    } catch (RollbackException
        | HeuristicMixedException
        | HeuristicRollbackException
        | SystemException
        | RuntimeException e) {
      doubt(e);
    }
  }

  /** Has it rolled back: a checked exception of a bean does not make the container do so. */
  void markForRollback() {
    try {
      transactions.markForRollback();
    } catch (RuntimeException e) {
      // It timed out at this moment, and is rolled back for that.
      LOG.log(Level.DEBUG, "message " + mailId + ": not marked for rollback", e);
    }
  }

  /**
   * Has the container end the transaction. An exception of it, or of the commit before it, means
   * that something is wrong, for instance that one resource manager rolled back and the others did
   * not (a heuristic outcome). The sender keeps such a message.
   */
  void end() {
    try {
      leader.afterDelivery();
    } catch (ResourceException | RuntimeException e) {
      doubt(e);
    }
  }

  private void doubt(Exception failure) {
    doubtful = true;
    if (endedEarly) {
      // The failure only repeats what rolledBack() tells.
      LOG.log(
          Level.DEBUG, "message " + mailId + ": its transaction could not be committed", failure);
    } else {
      LOG.log(
          Level.WARNING,
          "message "
              + mailId
              + ": its transaction did not commit as a whole; the sender is told to try again",
          failure);
    }
  }

  /** Returns whether all of it is known to be committed. */
  boolean isCommitted() {
    return outcome.status == Status.STATUS_COMMITTED && !doubtful && !endedEarly;
  }

  /**
   * Logs why a transaction was rolled back though no bean failed.
   *
   * @param leaving whether a bean of it is about to be removed
   */
  void logRollback(boolean leaving) {
    if (doubtful && !endedEarly) {
      return;
    }
    Duration age = Duration.ofNanos(System.nanoTime() - begunAt);
    LOG.log(
        Level.WARNING,
        "message {0}: its transaction was rolled back after {1} s: {2}; the sender is told to try"
            + " again",
        mailId,
        "%d.%03d".formatted(age.toSeconds(), age.toMillisPart()),
        reason(leaving));
  }

  private String reason(boolean leaving) {
    if (leaving) {
      return "a bean is being undeployed";
    }
    if (overEarly) {
      return "it timed out while the beans ran; the limit is " + transactions.timeoutSetting();
    }
    return endedEarly
        ? "a bean marked it for rollback, or it timed out; the limit is "
            + transactions.timeoutSetting()
        : "the application server did not commit it (status " + outcome.status + ")";
  }

  /** Receives the outcome of the transaction, which the container reports in no other way. */
  private static final class Outcome implements Synchronization {

    /** Volatile because a transaction that times out may be ended by another thread. */
    private volatile int status = Status.STATUS_UNKNOWN;

    @Override
    public void beforeCompletion() {}

    @Override
    public void afterCompletion(int status) {
      this.status = status;
    }
  }
}
