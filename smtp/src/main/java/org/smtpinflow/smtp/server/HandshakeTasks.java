// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.server;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * Runs the tasks of one session's TLS handshake on a thread other than its event loop, and reads
 * nothing from the socket meanwhile. It stands between the socket and Netty's handler for TLS.
 *
 * <p>Without this class, that handler would continue to read during a task and keep everything in
 * memory. After a reset it would also close the JDK's engine. Closing waits for the task, which
 * holds the engine's lock, and so would block the event loop.
 */
final class HandshakeTasks extends ChannelOutboundHandlerAdapter implements Executor {

  private final Executor executor;
  private ChannelHandlerContext context;
  private int running;
  private boolean readWanted;

  HandshakeTasks(Executor executor) {
    this.executor = executor;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext handlerContext) {
    context = handlerContext;
  }

  /** Called on the event loop. */
  @Override
  public void execute(Runnable task) {
    executor.execute(() -> run(task));
    running++;
  }

  private void run(Runnable task) {
    try {
      task.run();
    } finally {
      try {
        context.executor().execute(this::ended);
      } catch (RejectedExecutionException e) {
        // The event loop has ended, and with it the session.
      }
    }
  }

  private void ended() {
    running--;
    if (running == 0 && readWanted) {
      readWanted = false;
      context.read();
    }
  }

  @Override
  public void read(ChannelHandlerContext handlerContext) {
    if (running > 0) {
      readWanted = true;
    } else {
      handlerContext.read();
    }
  }
}
