// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.server;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;

/**
 * The event loops of a server.
 *
 * <p>They are not in one of Netty's event loop groups, because a group waits for the end of its
 * loops with a global executor, which starts a thread.
 */
final class EventLoops {

  private final List<ServerLoop> loops = new ArrayList<>();
  private final InFlight running = new InFlight();

  /** The index of the next loop; used only by the loop that accepts connections. */
  private int turn;

  private EventLoops() {}

  /**
   * Starts loops and waits until each one runs.
   *
   * @throws IOException if the executor does not run them; none of them keeps running
   */
  static EventLoops start(int count, Executor executor) throws IOException {
    EventLoops started = new EventLoops();
    boolean running = false;
    try {
      for (int i = 0; i < count; i++) {
        started.loops.add(ServerLoop.of(executor, started.running));
      }
      for (ServerLoop loop : started.loops) {
        loop.awaitStart();
      }
      running = true;
      return started;
    } catch (IOException | RuntimeException e) {
      throw new IOException("an event loop could not be started: " + e.getMessage(), e);
    } finally {
      if (!running) {
        started.stop(Duration.ZERO);
      }
    }
  }

  /** Returns the loop that accepts connections. */
  ServerLoop first() {
    return loops.get(0);
  }

  /** Returns the loop for the next connection. */
  ServerLoop next() {
    turn = (turn + 1) % loops.size();
    return loops.get(turn);
  }

  /** Returns whether the calling thread runs one of the loops. */
  boolean inEventLoop() {
    return loops.stream().anyMatch(ServerLoop::inEventLoop);
  }

  /**
   * Stops all loops, which closes their channels, and waits until their tasks have ended.
   *
   * @return whether they have
   */
  boolean stop(Duration limit) {
    loops.forEach(ServerLoop::stop);
    return running.awaitNone(limit);
  }
}
