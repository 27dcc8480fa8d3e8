// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.server;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.smtpinflow.smtp.protocol.SessionConfig.TlsPolicy;
import org.smtpinflow.smtp.tls.TlsConfig;

/**
 * The configuration of the server.
 *
 * @param listeners the sockets to listen on; at least one
 * @param eventLoops the number of threads that serve the sessions; at least one
 * @param sessions how many sessions there may be at once; at least one. Each can hold up to 64 KiB
 *     of commands and 64 KiB of content in memory while it waits, and in TLS twice as much, and 64
 *     KiB for TLS itself
 * @param sessionsPerClient how many sessions one client address, or IPv6 network of 64 bits, may
 *     have at once; at least one
 * @param content where content is kept
 * @param tls the certificates; required if a listener has TLS
 * @param throttle limits failed authentication
 */
public record ServerConfig(
    List<ListenerConfig> listeners,
    int eventLoops,
    int sessions,
    int sessionsPerClient,
    ContentConfig content,
    Optional<TlsConfig> tls,
    Throttle throttle) {

  /**
   * Checks the numbers and copies the list.
   *
   * @throws IllegalArgumentException if one of them is not allowed
   */
  public ServerConfig {
    listeners = List.copyOf(listeners);
    atLeast("listeners", listeners.size(), 1);
    atLeast("eventLoops", eventLoops, 1);
    atLeast("sessions", sessions, 1);
    atLeast("sessionsPerClient", sessionsPerClient, 1);
    Objects.requireNonNull(content, "content");
    Objects.requireNonNull(tls, "tls");
    Objects.requireNonNull(throttle, "throttle");
    for (ListenerConfig listen : listeners) {
      if (listen.session().tls() != TlsPolicy.NONE && tls.isEmpty()) {
        throw new IllegalArgumentException(
            "listener " + listen.name() + " has TLS, but there is no certificate");
      }
    }
  }

  /**
   * Throttles failed authentication.
   *
   * @param failureDelay the delay of a session's first refusal. It doubles with each further
   *     refusal, up to eight times the first delay
   * @param failuresPerClient how many attempts of one IPv4 address or one IPv6 /64 network may fail
   *     within the window, over all its sessions; an IPv6 /48 may fail ten times as often. After
   *     that, AUTH is answered with 421 4.7.0 until enough time has passed. At least one
   * @param window the time within which that many attempts may fail
   */
  public record Throttle(Duration failureDelay, int failuresPerClient, Duration window) {

    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if one of them is not allowed
     */
    public Throttle {
      if (failureDelay.isNegative()) {
        throw new IllegalArgumentException("failureDelay: " + failureDelay + " is negative");
      }
      atLeast("failuresPerClient", failuresPerClient, 1);
      atLeast("window in milliseconds", window.toMillis(), 1);
    }

    /** Returns 1 s, and 20 failures within ten minutes. */
    public static Throttle defaults() {
      return new Throttle(Duration.ofSeconds(1), 20, Duration.ofMinutes(10));
    }
  }

  /**
   * Where content is kept between its arrival and the reply. On the heap it takes no more than an
   * eighth of the largest heap that the Java virtual machine may have.
   *
   * @param threshold octets up to which content stays on the heap; longer content goes to a file
   * @param directory the directory for the files; it must exist. Files are unlinked as soon as they
   *     are open, so that none is left behind
   * @param budget octets that all content together may have at once, on the heap and on disk
   */
  public record ContentConfig(int threshold, Path directory, long budget) {

    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if one of them is not allowed
     */
    public ContentConfig {
      atLeast("threshold", threshold, 0);
      Objects.requireNonNull(directory, "directory");
      atLeast("budget", budget, 1);
    }
  }

  private static void atLeast(String name, long value, long least) {
    if (value < least) {
      throw new IllegalArgumentException(name + ": " + value + " is not at least " + least);
    }
  }
}
