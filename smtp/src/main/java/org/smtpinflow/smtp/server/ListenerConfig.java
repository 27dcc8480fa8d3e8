// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.server;

import java.net.InetSocketAddress;
import java.util.Objects;
import org.smtpinflow.smtp.protocol.SessionConfig;

/**
 * A socket to listen on.
 *
 * @param name what the administrator knows it as, such as {@code smtp}
 * @param address the address to bind; port 0 takes a free one
 * @param session what holds for every session on it
 */
public record ListenerConfig(String name, InetSocketAddress address, SessionConfig session) {

  /** No argument may be null. */
  public ListenerConfig {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(address, "address");
    Objects.requireNonNull(session, "session");
  }
}
