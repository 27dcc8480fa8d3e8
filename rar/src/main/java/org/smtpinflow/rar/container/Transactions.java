// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.rar.container;

import jakarta.resource.spi.BootstrapContext;
import jakarta.transaction.HeuristicMixedException;
import jakarta.transaction.HeuristicRollbackException;
import jakarta.transaction.RollbackException;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.SystemException;
import jakarta.transaction.TransactionManager;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.util.Optional;

/**
 * The container's transactions, as deliveries use them. The container begins each transaction. It
 * also commits it, unless the adapter must do so; see {@link Container#committer}.
 */
public final class Transactions {

  private final TransactionSynchronizationRegistry registry;
  private final Optional<TransactionManager> manager;
  private final String timeoutSetting;

  /**
   * Makes an instance.
   *
   * @param manager empty if the container commits
   * @param timeoutSetting the setting with which an administrator gives transactions more time
   */
  public Transactions(
      TransactionSynchronizationRegistry registry,
      Optional<TransactionManager> manager,
      String timeoutSetting) {
    this.registry = registry;
    this.manager = manager;
    this.timeoutSetting = timeoutSetting;
  }

  /** Returns the transactions of the container that starts the adapter. */
  public static Transactions of(Container container, BootstrapContext context) {
    return new Transactions(
        context.getTransactionSynchronizationRegistry(),
        container.committer(),
        container.transactionTimeoutSetting());
  }

  /** Registers a synchronization with the transaction of the calling thread. */
  public void register(Synchronization synchronization) {
    registry.registerInterposedSynchronization(synchronization);
  }

  /** Returns whether the transaction of the calling thread can still be committed. */
  public boolean isActive() {
    return registry.getTransactionStatus() == Status.STATUS_ACTIVE;
  }

  /** Returns whether the transaction of the calling thread is still there, but must roll back. */
  public boolean isMarkedForRollback() {
    return registry.getTransactionStatus() == Status.STATUS_MARKED_ROLLBACK;
  }

  /** Returns what an administrator changes to give transactions more time. */
  public String timeoutSetting() {
    return timeoutSetting;
  }

  /** Marks the transaction of the calling thread for rollback, if it is still active. */
  public void markForRollback() {
    if (isActive()) {
      registry.setRollbackOnly();
    }
  }

  /**
   * Commits the transaction of the calling thread if it is still active and the adapter must
   * commit; otherwise does nothing, because the container commits in {@code afterDelivery}.
   *
   * @throws RollbackException if the transaction was rolled back
   * @throws HeuristicMixedException if a part of it was rolled back
   * @throws HeuristicRollbackException if the resource managers rolled all of it back
   * @throws SystemException if the outcome is unknown
   */
  public void commit()
      throws RollbackException,
          HeuristicMixedException,
          HeuristicRollbackException,
          SystemException {
    if (manager.isPresent() && isActive()) {
      manager.get().commit();
    }
  }
}
