// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.server;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Ticker;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Runs a task when a session has waited for some time. Used on the session's event loop only.
 *
 * <p>There is at most one scheduled task. A wait that ends early does not cancel it: the task finds
 * that it came too early, and is scheduled again.
 */
final class WaitTimer {

  private final EventLoop loop;
  private final Ticker ticker;
  private final Runnable onEnd;
  private boolean counting;
  private long deadline;
  private Future<?> task;
  private long taskTime;

  /**
   * @param ticker the event loop's
   */
  WaitTimer(EventLoop loop, Ticker ticker, Runnable onEnd) {
    this.loop = loop;
    this.ticker = ticker;
    this.onEnd = onEnd;
  }

  /** Begins to count anew. */
  void restart(long nanos) {
    deadline = ticker.nanoTime() + nanos;
    counting = true;
    if (task == null) {
      schedule();
    } else if (deadline - taskTime < 0) {
      task.cancel(false);
      schedule();
    }
  }

  /** Stops the timer until the next {@link #restart}. */
  void pause() {
    counting = false;
  }

  /** Stops for good. */
  void cancel() {
    counting = false;
    if (task != null) {
      task.cancel(false);
      task = null;
    }
  }

  private void schedule() {
    taskTime = deadline;
    task = loop.schedule(this::check, deadline - ticker.nanoTime(), TimeUnit.NANOSECONDS);
  }

  private void check() {
    task = null;
    if (!counting) {
      return;
    }
    if (deadline - ticker.nanoTime() > 0) {
      schedule();
    } else {
      counting = false;
      onEnd.run();
    }
  }
}
