// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.server;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Counts tasks in progress, so that a caller can wait for their end. */
final class InFlight {

  private int count;

  synchronized void begin() {
    count++;
  }

  synchronized void end() {
    count--;
    if (count == 0) {
      notifyAll();
    }
  }

  synchronized int count() {
    return count;
  }

  /**
   * Waits until no task is in progress. An interrupt does not shorten the wait; it is put off.
   *
   * @return whether none is left
   */
  synchronized boolean awaitNone(Duration limit) {
    long deadline = System.nanoTime() + limit.toNanos();
    boolean interrupted = false;
    while (count > 0 && deadline - System.nanoTime() > 0) {
      try {
        // A fraction of a millisecond would become 0, which means to wait for ever.
        TimeUnit.NANOSECONDS.timedWait(this, Math.max(deadline - System.nanoTime(), 1_000_000));
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return count == 0;
  }
}
