// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.rar.inflow;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Timer;
import java.util.TimerTask;

/**
 * Runs a task after a delay, on the thread of a timer. However often the alarm is set, the timer
 * holds one task of it at most.
 */
final class Alarm {

  private static final Logger LOG = System.getLogger(Alarm.class.getName());

  private final Timer timer;
  private final Runnable task;
  private boolean set;

  /**
   * Makes an alarm that is not set.
   *
   * @param task must not block; finds out itself whether it runs too early, and may set the alarm
   *     again
   */
  Alarm(Timer timer, Runnable task) {
    this.timer = timer;
    this.task = task;
  }

  /**
   * Has the task run once after a delay. Does nothing if the alarm is set.
   *
   * @return whether the task will run: false if the timer was cancelled, when the adapter stops
   */
  synchronized boolean set(Duration delay) {
    if (set) {
      return true;
    }
    try {
      // Rounded up: a task that comes a part of a millisecond early would set the alarm again.
      timer.schedule(new Ring(), Math.max(0, delay.plusNanos(999_999).toMillis()));
      set = true;
    } catch (IllegalStateException e) {
      LOG.log(Level.DEBUG, "the timer is cancelled: {0}", e.getMessage());
    }
    return set;
  }

  private synchronized void unset() {
    set = false;
  }

  private final class Ring extends TimerTask {

    @Override
    public void run() {
      unset();
      try {
        task.run();
      } catch (RuntimeException | Error e) {
        // A timer ends with the first task that throws, and everything else that waits for it.
        LOG.log(Level.ERROR, "a timed task of the adapter failed", e);
      }
    }
  }
}
