// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.server;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;

/** An SMTP server: listens, carries sessions, asks a {@link MailReceiver}. Owns no thread. */
public final class SmtpServer {

  private SmtpServer() {}

  /**
   * Binds the listeners and begins to accept sessions.
   *
   * @param loops runs the event loops: each task given to it runs until the server is stopped, so
   *     it must have {@link ServerConfig#eventLoops} threads to spare
   * @param blocking runs short tasks that block on the disk; may reject them, must not block its
   *     caller
   * @throws IOException if a socket cannot be bound; nothing stays open then. The message names the
   *     listener and the address
   */
  public static SmtpServer start(
      ServerConfig config, MailReceiver receiver, Executor loops, Executor blocking)
      throws IOException {
    throw pending();
  }

  /** Returns the addresses that are really listened on, in the order of the configuration. */
  public List<InetSocketAddress> addresses() {
    throw pending();
  }

  /**
   * Stops the server: begins no new mail transaction, lets those that are open end, then closes the
   * ports and ends the event loops. Blocks until nothing is left, at most a little longer than
   * {@code patience}: sessions still open then are told 421 4.3.2 and closed. Idempotent.
   */
  public void stop(Duration patience) {
    throw pending();
  }

  private static RuntimeException pending() {
    return new UnsupportedOperationException();
  }
}
