// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.rar.inflow;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Timer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Lets RCPT commands wait until the routes are settled. */
final class Settling {

  private final RoutingTable routes;
  private final Alarm alarm;

  /** Guarded by this. */
  private List<CompletableFuture<Boolean>> waiting = new ArrayList<>();

  Settling(RoutingTable routes, Timer timer) {
    this.routes = routes;
    this.alarm = new Alarm(timer, this::check);
  }

  /**
   * Returns a stage that completes with true when the routes are settled: at once if they are,
   * otherwise on the timer's thread. It completes with false if the adapter stops, which cancels
   * the timer. The routes may be unsettled again by the time that anyone looks.
   */
  CompletionStage<Boolean> settled() {
    Duration left = routes.untilSettled();
    if (!isAhead(left)) {
      return CompletableFuture.completedStage(true);
    }
    CompletableFuture<Boolean> stage = new CompletableFuture<>();
    synchronized (this) {
      waiting.add(stage);
    }
    await(left);
    return stage;
  }

  private void await(Duration left) {
    if (!alarm.set(left)) {
      release(false);
    }
  }

  /** Another bean may have been activated since the alarm was set. */
  private void check() {
    Duration left = routes.untilSettled();
    if (isAhead(left)) {
      await(left);
    } else {
      release(true);
    }
  }

  private void release(boolean settled) {
    List<CompletableFuture<Boolean>> released;
    synchronized (this) {
      released = waiting;
      waiting = new ArrayList<>();
    }
    released.forEach(stage -> stage.complete(settled));
  }

  private static boolean isAhead(Duration left) {
    return !left.isNegative() && !left.isZero();
  }
}
