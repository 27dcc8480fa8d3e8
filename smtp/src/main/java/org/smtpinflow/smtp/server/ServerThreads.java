// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.server;

import java.util.Objects;
import java.util.concurrent.Executor;

/**
 * The threads that a server runs on. It starts none. No executor may block its caller, and each may
 * reject tasks.
 *
 * @param loops runs the event loops. Each task runs until the server is stopped, so the executor
 *     must have {@link ServerConfig#eventLoops} threads to spare
 * @param blocking runs short tasks that block on the disk
 * @param authentication runs SASL mechanisms, which may block until the user database answers
 * @param handshakes runs the parts of TLS handshakes that take much processor time
 */
public record ServerThreads(
    Executor loops, Executor blocking, Pool authentication, Pool handshakes) {

  /** No argument may be null. */
  public ServerThreads {
    Objects.requireNonNull(loops, "loops");
    Objects.requireNonNull(blocking, "blocking");
    Objects.requireNonNull(authentication, "authentication");
    Objects.requireNonNull(handshakes, "handshakes");
  }

  /**
   * Threads that client networks share. Networks take turns, so that none can occupy all threads
   * while another one waits for more than one task of each network.
   *
   * @param executor has the threads
   * @param threads how many tasks are given to the executor at once; at least one. It should have
   *     that many threads
   */
  public record Pool(Executor executor, int threads) {

    /**
     * Checks the number.
     *
     * @throws IllegalArgumentException if it is less than one
     */
    public Pool {
      Objects.requireNonNull(executor, "executor");
      if (threads < 1) {
        throw new IllegalArgumentException("threads: " + threads + " is not at least 1");
      }
    }
  }

  /**
   * Returns threads of one executor for everything: two for authentication, and two for handshakes.
   */
  public static ServerThreads of(Executor executor) {
    return new ServerThreads(executor, executor, new Pool(executor, 2), new Pool(executor, 2));
  }
}
