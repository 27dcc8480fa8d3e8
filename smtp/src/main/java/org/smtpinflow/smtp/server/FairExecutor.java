// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.server;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.Executor;

/**
 * Shares a few threads between client networks. A task that finds all threads busy waits. The
 * networks that have tasks waiting take turns, and each turn runs the oldest task of the network.
 * So a network with many tasks delays a task of another network by only one task for each waiting
 * network.
 *
 * <p>The queue has no limit of its own. A session has at most one task here at a time, so the limit
 * on sessions bounds it.
 */
final class FairExecutor {

  private static final Logger LOG = System.getLogger("org.smtpinflow.smtp");

  private final Executor executor;
  private final int threads;

  /** The tasks that wait; the network whose turn comes next is the first. */
  private final Map<ClientNetwork, Queue<Runnable>> waiting = new LinkedHashMap<>();

  private int running;

  /**
   * @param executor runs the tasks, some of them one after the other on the same thread; must not
   *     block its caller
   * @param threads how many threads of the executor are used at once
   */
  FairExecutor(Executor executor, int threads) {
    this.executor = executor;
    this.threads = threads;
  }

  /**
   * Returns an executor for the tasks of one network. It rejects a task if the underlying executor
   * does.
   */
  Executor of(ClientNetwork network) {
    return task -> execute(network, task);
  }

  private synchronized void execute(ClientNetwork network, Runnable task) {
    if (running == threads) {
      waiting.computeIfAbsent(network, n -> new ArrayDeque<>()).add(task);
    } else {
      executor.execute(() -> run(task));
      running++;
    }
  }

  private void run(Runnable first) {
    Optional<Runnable> task = Optional.of(first);
    while (task.isPresent()) {
      try {
        task.get().run();
      } catch (RuntimeException | Error e) {
        LOG.log(Level.ERROR, "a task failed", e);
      }
      task = next();
    }
  }

  /** Takes the next task, or gives the thread back. */
  private synchronized Optional<Runnable> next() {
    Iterator<Map.Entry<ClientNetwork, Queue<Runnable>>> turns = waiting.entrySet().iterator();
    if (!turns.hasNext()) {
      running--;
      return Optional.empty();
    }
    Map.Entry<ClientNetwork, Queue<Runnable>> turn = turns.next();
    ClientNetwork network = turn.getKey();
    Queue<Runnable> tasks = turn.getValue();
    turns.remove();
    Runnable task = tasks.remove();
    if (!tasks.isEmpty()) {
      waiting.put(network, tasks);
    }
    return Optional.of(task);
  }

  /** Returns how many tasks wait. */
  synchronized int waiting() {
    return waiting.values().stream().mapToInt(Queue::size).sum();
  }
}
