// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.server;

import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Says when a client has been silent for too long. Used on its event loop only.
 *
 * <p>There is at most one scheduled task, and bytes that arrive do not move it: it finds out by
 * itself that it came too early, and comes again.
 */
final class IdleTimer {

  private final EventLoop loop;
  private final Runnable onSilence;
  private boolean counting;
  private long deadline;
  private Future<?> task;
  private long taskTime;

  IdleTimer(EventLoop loop, Runnable onSilence) {
    this.loop = loop;
    this.onSilence = onSilence;
  }

  /** Begins to count anew. */
  void restart(Duration limit) {
    deadline = System.nanoTime() + limit.toNanos();
    counting = true;
    if (task == null) {
      schedule();
    } else if (deadline - taskTime < 0) {
      task.cancel(false);
      schedule();
    }
  }

  /** Stops counting until the next {@link #restart}. */
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
    task = loop.schedule(this::check, deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
  }

  private void check() {
    task = null;
    if (!counting) {
      return;
    }
    if (deadline - System.nanoTime() > 0) {
      schedule();
    } else {
      counting = false;
      onSilence.run();
    }
  }
}
