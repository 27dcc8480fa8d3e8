// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.server;

import io.netty.channel.IoHandlerFactory;
import io.netty.channel.SingleThreadIoEventLoop;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.FastThreadLocal;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** An event loop that runs as one task of an executor. */
final class ServerLoop extends SingleThreadIoEventLoop {

  private static final long START_SECONDS = 30;

  private static final IoHandlerFactory NIO = NioIoHandler.newFactory();

  private final Task task;

  private ServerLoop(Task task) {
    super(null, task, NIO);
    this.task = task;
  }

  /**
   * Makes a loop that will run on {@code executor}.
   *
   * @param running counts the running tasks
   */
  static ServerLoop of(Executor executor, InFlight running) {
    return new ServerLoop(new Task(executor, running));
  }

  /** Starts the loop unless it has been started, and waits until it runs. */
  void awaitStart() throws IOException {
    try {
      submit(() -> {}).get(START_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException("no thread was free for it in " + START_SECONDS + " s", e);
    }
  }

  /** Returns the buffer for the input on this loop. */
  ReceiveBuffer receiveBuffer() {
    return task.receiveBuffer;
  }

  /** Stops the loop soon, which closes its channels. */
  void stop() {
    if (task.accepted) {
      // Netty checks once per round whether it must close them. If it stops without a quiet
      // period, a stop later in the same round leaves them open. This task always runs.
      execute(ioHandler()::prepareToDestroy);
    }
    Future<?> unused = shutdownGracefully(0, 0, TimeUnit.MILLISECONDS);
    if (!task.accepted) {
      // Nothing else closes the selector and the buffer of a loop that never ran.
      ioHandler().destroy();
      task.receiveBuffer.close();
    }
  }

  /** Runs the loop. */
  private static final class Task implements Executor {

    private final Executor executor;
    private final InFlight running;
    private final ReceiveBuffer receiveBuffer = new ReceiveBuffer();
    private boolean accepted;

    Task(Executor executor, InFlight running) {
      this.executor = executor;
      this.running = running;
    }

    @Override
    public void execute(Runnable loop) {
      running.begin();
      try {
        executor.execute(() -> run(loop));
        accepted = true;
      } finally {
        if (!accepted) {
          running.end();
        }
      }
    }

    /**
     * The thread outlives the loop, and Netty's thread locals on it would keep our class loader
     * alive.
     */
    private void run(Runnable loop) {
      try {
        loop.run();
      } finally {
        receiveBuffer.close();
        FastThreadLocal.removeAll();
        running.end();
      }
    }
  }
}
