// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.rar.inflow;

import jakarta.transaction.RollbackException;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.Transaction;
import jakarta.transaction.TransactionManager;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.util.Optional;

/**
 * One transaction of a server that is as reticent as GlassFish: what its manager throws is all that
 * is ever told of a heuristic outcome. What a real server does is tested in one.
 */
final class TestTransactions implements TransactionSynchronizationRegistry, TransactionManager {

  private int status = Status.STATUS_NO_TRANSACTION;
  private Optional<Synchronization> synchronization = Optional.empty();
  private Optional<Exception> failure = Optional.empty();
  private int statusAfterFailure = Status.STATUS_ROLLEDBACK;
  private boolean timingOut;
  private int commits;

  /** Has the next commit fail, though synchronizations are told another status. */
  void failWith(Exception exception, int told) {
    failure = Optional.of(exception);
    statusAfterFailure = told;
  }

  /** Returns how many transactions have committed as a whole. */
  int commits() {
    return commits;
  }

  @Override
  public void begin() {
    status = Status.STATUS_ACTIVE;
  }

  @Override
  public void commit() throws RollbackException {
    if (status == Status.STATUS_MARKED_ROLLBACK) {
      rollback();
      throw new RollbackException("marked for rollback");
    }
    if (failure.isEmpty()) {
      commits++;
    }
    end(failure.isPresent() ? statusAfterFailure : Status.STATUS_COMMITTED);
    if (failure.isPresent()) {
      throw TestTransactions.<RuntimeException>undeclared(failure.get());
    }
  }

  @Override
  public void rollback() {
    end(Status.STATUS_ROLLEDBACK);
  }

  private void end(int outcome) {
    status = Status.STATUS_NO_TRANSACTION;
    synchronization.ifPresent(told -> told.afterCompletion(outcome));
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <E extends Throwable> E undeclared(Throwable failure) throws E {
    throw (E) failure;
  }

  @Override
  public int getStatus() {
    return status;
  }

  @Override
  public int getTransactionStatus() {
    return status;
  }

  /** Has the transaction time out at the next attempt to mark it. */
  void refuseToMark() {
    timingOut = true;
  }

  @Override
  public void setRollbackOnly() {
    status = Status.STATUS_MARKED_ROLLBACK;
    if (timingOut) {
      throw new IllegalStateException("rolled back");
    }
  }

  @Override
  public boolean getRollbackOnly() {
    return status == Status.STATUS_MARKED_ROLLBACK;
  }

  @Override
  public void registerInterposedSynchronization(Synchronization told) {
    synchronization = Optional.of(told);
  }

  @Override
  public Object getTransactionKey() {
    throw new AssertionError("not called");
  }

  @Override
  public void putResource(Object key, Object value) {
    throw new AssertionError("not called");
  }

  @Override
  public Object getResource(Object key) {
    throw new AssertionError("not called");
  }

  @Override
  public Transaction getTransaction() {
    throw new AssertionError("not called");
  }

  @Override
  public void resume(Transaction transaction) {
    throw new AssertionError("not called");
  }

  @Override
  public Transaction suspend() {
    throw new AssertionError("not called");
  }

  @Override
  public void setTransactionTimeout(int seconds) {
    throw new AssertionError("not called");
  }
}
