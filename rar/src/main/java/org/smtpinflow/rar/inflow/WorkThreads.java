// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.rar.inflow;

import jakarta.resource.spi.work.WorkManager;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * A few threads of the container that run short tasks in turn. {@link #execute} never blocks, as
 * event loops call it; a work manager's {@code scheduleWork} may block.
 */
final class WorkThreads implements Executor, AutoCloseable {

  private static final Logger LOG = System.getLogger(WorkThreads.class.getName());

  /** How long {@link #close} waits for a task that does not end, in seconds. */
  private static final int CLOSE_LIMIT = 10;

  /** An empty entry ends the threads. */
  private final BlockingQueue<Optional<Runnable>> tasks = new LinkedBlockingQueue<>();

  private final CountDownLatch running;
  private boolean closed;

  /**
   * Starts the threads.
   *
   * @throws RejectedExecutionException if the container has no threads for them; none stays
   */
  WorkThreads(WorkManager workManager, int threads) {
    running = new CountDownLatch(threads);
    int started = 0;
    try {
      for (; started < threads; started++) {
        LongWork.start(workManager, this::runTasks);
      }
    } finally {
      if (started < threads) {
        for (int i = started; i < threads; i++) {
          running.countDown();
        }
        close();
      }
    }
  }

  /**
   * Puts a task into the queue.
   *
   * @throws RejectedExecutionException after {@link #close}
   */
  @Override
  public synchronized void execute(Runnable task) {
    if (closed) {
      throw new RejectedExecutionException("closed");
    }
    tasks.add(Optional.of(task));
  }

  /**
   * Runs the tasks in the queue, then ends the threads. Returns when they have ended, at the latest
   * after ten seconds: a thread that the container holds up ends when the container lets go of it.
   * An interrupt does not shorten the wait; it is put off.
   */
  @Override
  public void close() {
    close(Duration.ofSeconds(CLOSE_LIMIT));
  }

  /** Does what {@link #close()} does, with another limit. */
  void close(Duration limit) {
    synchronized (this) {
      if (!closed) {
        closed = true;
        tasks.add(Optional.empty());
      }
    }
    if (!awaitEnd(limit)) {
      LOG.log(
          Level.ERROR,
          "{0} threads of the adapter are still busy {1} s after their end was asked for; they end"
              + " with their task",
          running.getCount(),
          limit.toSeconds());
    }
  }

  private boolean awaitEnd(Duration limit) {
    long deadline = System.nanoTime() + limit.toNanos();
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return running.await(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void runTasks() {
    try {
      Optional<Runnable> task = tasks.take();
      for (; task.isPresent(); task = tasks.take()) {
        run(task.get());
      }
      // The same entry ends the other threads.
      tasks.add(Optional.empty());
    } catch (InterruptedException e) {
      LOG.log(Level.WARNING, "a thread of the adapter was interrupted by the application server");
      Thread.currentThread().interrupt();
    } finally {
      running.countDown();
    }
  }

  private static void run(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException | Error e) {
      LOG.log(Level.ERROR, "a task failed", e);
    }
  }
}
