// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.server;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.smtpinflow.smtp.content.ContentSink;

/** Writes the content of a session to the disk, on a thread other than its event loop. */
final class ContentFlush {

  private static final Logger LOG = System.getLogger("org.smtpinflow.smtp");

  private final Executor blocking;
  private final String client;

  /**
   * @param blocking has threads that may wait for the disk
   * @param client what the log calls the client
   */
  ContentFlush(Executor blocking, String client) {
    this.blocking = blocking;
    this.client = client;
  }

  /**
   * Flushes a sink, which nothing else may use meanwhile.
   *
   * @param whenDone gets, on any thread, whether everything was written
   */
  void start(ContentSink sink, Consumer<Boolean> whenDone) {
    try {
      blocking.execute(() -> whenDone.accept(tryFlush(sink)));
    } catch (RejectedExecutionException e) {
      LOG.log(Level.WARNING, "content from {0} could not be written: no thread for it", client);
      whenDone.accept(false);
    }
  }

  private boolean tryFlush(ContentSink sink) {
    try {
      sink.flush();
      return true;
    } catch (IOException e) {
      LOG.log(Level.WARNING, "content from {0} could not be written: {1}", client, e);
    } catch (RuntimeException | Error e) {
      LOG.log(Level.ERROR, "content from " + client + " could not be written", e);
    }
    return false;
  }
}
