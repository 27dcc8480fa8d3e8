// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.rar.inflow;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Timer;
import java.util.TimerTask;

/** A clock and a timer that stand still until a test moves them. For one thread. */
final class TestTime {

  private final List<Due> tasks = new ArrayList<>();
  private final Timer timer = new HeldTimer();
  private long now;

  private record Due(long at, TimerTask task) {}

  long nanoTime() {
    return now;
  }

  Timer timer() {
    return timer;
  }

  /** Returns how many tasks the timer holds. */
  int tasks() {
    return tasks.size();
  }

  /** Lets time pass, and runs the tasks that are due on the way. */
  void advance(Duration duration) {
    long end = now + duration.toNanos();
    Optional<Due> next = nextUntil(end);
    for (; next.isPresent(); next = nextUntil(end)) {
      tasks.remove(next.get());
      now = Math.max(now, next.get().at());
      next.get().task().run();
    }
    now = end;
  }

  private Optional<Due> nextUntil(long end) {
    return tasks.stream().filter(due -> due.at() <= end).min(Comparator.comparing(Due::at));
  }

  private final class HeldTimer extends Timer {

    private boolean cancelled;

    HeldTimer() {
      super("held", true);
      // Its thread has nothing to do.
      super.cancel();
    }

    @Override
    public void schedule(TimerTask task, long delay) {
      if (cancelled) {
        throw new IllegalStateException("cancelled");
      }
      tasks.add(new Due(now + Duration.ofMillis(delay).toNanos(), task));
    }

    @Override
    public void cancel() {
      cancelled = true;
    }
  }
}
