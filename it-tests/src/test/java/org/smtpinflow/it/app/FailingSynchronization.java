// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.it.app;

import jakarta.transaction.Synchronization;

/** Fails at the last moment before the commit, which then cannot be. */
public final class FailingSynchronization implements Synchronization {

  @Override
  public void beforeCompletion() {
    throw new IllegalStateException(OutcomeBean.SECRET);
  }

  @Override
  public void afterCompletion(int status) {}
}
