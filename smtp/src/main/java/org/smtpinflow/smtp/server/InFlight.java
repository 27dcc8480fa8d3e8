// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.server;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Counts what is under way, so that one can wait for its end. */
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
   * Waits until nothing is under way. An interrupt does not shorten that; it is put off.
   *
   * @return whether nothing is
   */
  synchronized boolean awaitNone(Duration limit) {
    long deadline = System.nanoTime() + limit.toNanos();
    boolean interrupted = false;
    while (count > 0 && deadline - System.nanoTime() > 0) {
      try {
        // A part of a millisecond would be 0 milliseconds, which do not end.
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
