// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.rar.inflow;

import jakarta.resource.spi.work.WorkManager;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * A few threads of the server that run short tasks in turn. {@link #execute} never blocks, as an
 * event loop calls it; a work manager's {@code scheduleWork} may.
 */
final class WorkThreads implements Executor, AutoCloseable {

  private static final Logger LOG = System.getLogger(WorkThreads.class.getName());

  /** An empty entry ends the threads. */
  private final BlockingQueue<Optional<Runnable>> tasks = new LinkedBlockingQueue<>();

  private final CountDownLatch running;
  private boolean closed;

  /**
   * Starts the threads.
   *
   * @throws RejectedExecutionException if the server has no threads for them; none stays
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

  /** Runs what is in the queue, then ends the threads, and returns when they have ended. */
  @Override
  public void close() {
    synchronized (this) {
      if (!closed) {
        closed = true;
        tasks.add(Optional.empty());
      }
    }
    boolean interrupted = false;
    while (running.getCount() > 0) {
      try {
        running.await(1, TimeUnit.DAYS);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void runTasks() {
    try {
      Optional<Runnable> task = tasks.take();
      for (; task.isPresent(); task = tasks.take()) {
        run(task.get());
      }
      // The other threads end by the same entry.
      tasks.add(Optional.empty());
    } catch (InterruptedException e) {
      LOG.log(Level.WARNING, "a thread of the adapter was interrupted by the server");
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
