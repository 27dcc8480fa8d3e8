// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.rar.inflow;

import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;

/** A registry where there are no transactions. */
final class NoTransactions implements TransactionSynchronizationRegistry {

  @Override
  public int getTransactionStatus() {
    return Status.STATUS_NO_TRANSACTION;
  }

  @Override
  public Object getTransactionKey() {
    throw new IllegalStateException("no transaction");
  }

  @Override
  public void putResource(Object key, Object value) {
    throw new IllegalStateException("no transaction");
  }

  @Override
  public Object getResource(Object key) {
    throw new IllegalStateException("no transaction");
  }

  @Override
  public void registerInterposedSynchronization(Synchronization synchronization) {
    throw new IllegalStateException("no transaction");
  }

  @Override
  public void setRollbackOnly() {
    throw new IllegalStateException("no transaction");
  }

  @Override
  public boolean getRollbackOnly() {
    throw new IllegalStateException("no transaction");
  }
}
