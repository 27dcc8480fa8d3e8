// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.server;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import org.smtpinflow.smtp.protocol.SessionConfig;

/**
 * What an administrator decides about the server.
 *
 * @param listeners the sockets to listen on; at least one
 * @param session what holds for every session
 * @param eventLoops how many threads carry the sessions
 * @param sessions how many sessions there may be at once
 * @param sessionsPerClient how many sessions one client address may have at once
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
   * A socket to listen on.
   *
   * @param name what the administrator knows it as, such as {@code smtp}
   * @param address the address to bind; port 0 takes a free one
   */
  public record Listen(String name, InetSocketAddress address) {}

  /**
   * Where content is kept between its arrival and the reply.
   *
   * @param threshold octets up to which content stays on the heap; longer content goes to a file
   * @param directory where the files are made; it must exist. They are unlinked as soon as they are
   *     open, so that none is ever left behind
   * @param budget octets that all content together may have at once, on the heap and on disk
   */
  public record ContentConfig(int threshold, Path directory, long budget) {}
}
