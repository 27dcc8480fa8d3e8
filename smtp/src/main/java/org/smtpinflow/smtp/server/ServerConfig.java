// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.server;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.smtpinflow.smtp.protocol.SessionConfig;

/**
 * What an administrator decides about the server.
 *
 * @param listeners the sockets to listen on; at least one
 * @param session what holds for every session
 * @param eventLoops how many threads carry the sessions; at least one
 * @param sessions how many sessions there may be at once; at least one. Each can hold up to 64 KiB
 *     of commands and 64 KiB of content in memory while it waits
 * @param sessionsPerClient how many sessions one client address, or IPv6 network of 64 bits, may
 *     have at once; at least one
 * @param content where content is kept
 */
public record ServerConfig(
    List<Listen> listeners,
    SessionConfig session,
    int eventLoops,
    int sessions,
    int sessionsPerClient,
    ContentConfig content) {

  /**
   * Checks the numbers and copies the list.
   *
   * @throws IllegalArgumentException if one of them is not allowed
   */
  public ServerConfig {
    listeners = List.copyOf(listeners);
    atLeast("listeners", listeners.size(), 1);
    Objects.requireNonNull(session, "session");
    atLeast("eventLoops", eventLoops, 1);
    atLeast("sessions", sessions, 1);
    atLeast("sessionsPerClient", sessionsPerClient, 1);
    Objects.requireNonNull(content, "content");
  }

  /**
   * A socket to listen on.
   *
   * @param name what the administrator knows it as, such as {@code smtp}
   * @param address the address to bind; port 0 takes a free one
   */
  public record Listen(String name, InetSocketAddress address) {

    /** No argument may be null. */
    public Listen {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(address, "address");
    }
  }

  /**
   * Where content is kept between its arrival and the reply. On the heap it takes no more than an
   * eighth of the largest heap that the Java virtual machine may have.
   *
   * @param threshold octets up to which content stays on the heap; longer content goes to a file
   * @param directory where the files are made; it must exist. They are unlinked as soon as they are
   *     open, so that none is ever left behind
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
