// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.rar.inflow;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;

/** Threads of a container that are all busy, until a test lets the next task run. */
final class HeldThreads implements Executor {

  private final Deque<Runnable> tasks = new ArrayDeque<>();

  @Override
  public void execute(Runnable task) {
    tasks.add(task);
  }

  /** Runs the oldest task, on the calling thread; returns false if there is none. */
  boolean runNext() {
    Runnable task = tasks.poll();
    if (task != null) {
      task.run();
    }
    return task != null;
  }

  /** Runs all tasks, and those that they add. */
  void runAll() {
    while (runNext()) {
      // The next one.
    }
  }
}
