// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.server;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/** Runs tasks that block on the executor for such tasks, and counts them until they have ended. */
final class BlockingTasks implements Executor {

  private final Executor executor;
  private final InFlight underWay = new InFlight();

  BlockingTasks(Executor executor) {
    this.executor = executor;
  }

  @Override
  public void execute(Runnable task) {
    underWay.begin();
    try {
      executor.execute(() -> run(task));
    } catch (RejectedExecutionException e) {
      underWay.end();
      throw e;
    }
  }

  private void run(Runnable task) {
    try {
      task.run();
    } finally {
      underWay.end();
    }
  }

  InFlight underWay() {
    return underWay;
  }
}
