// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.it.app;

import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;

/** A resource manager that fails to prepare, or after that to commit. */
public final class FailingResource implements XAResource {

  private final int onPrepare;
  private final int onCommit;

  /** Takes the error codes of {@link XAException}, or {@code XA_OK}. */
  public FailingResource(int onPrepare, int onCommit) {
    this.onPrepare = onPrepare;
    this.onCommit = onCommit;
  }

  @Override
  public int prepare(Xid xid) throws XAException {
    failWith(onPrepare);
    return XA_OK;
  }

  @Override
  public void commit(Xid xid, boolean onePhase) throws XAException {
    failWith(onCommit);
  }

  private static void failWith(int error) throws XAException {
    if (error != XA_OK) {
      throw new XAException(error);
    }
  }

  @Override
  public void start(Xid xid, int flags) {}

  @Override
  public void end(Xid xid, int flags) {}

  @Override
  public void rollback(Xid xid) {}

  @Override
  public void forget(Xid xid) {}

  @Override
  public Xid[] recover(int flag) {
    return new Xid[0];
  }

  @Override
  public boolean isSameRM(XAResource other) {
    return other == this;
  }

  @Override
  public int getTransactionTimeout() {
    return 0;
  }

  @Override
  public boolean setTransactionTimeout(int seconds) {
    return false;
  }
}
