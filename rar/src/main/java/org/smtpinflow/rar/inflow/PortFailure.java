// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.rar.inflow;

import java.net.InetSocketAddress;
import java.util.Locale;
import org.smtpinflow.rar.settings.ListenerName;
import org.smtpinflow.smtp.server.ListenException;

/**
 * Explains to an administrator which property names a port that cannot be opened, and what to do.
 */
final class PortFailure {

  private static final int FIRST_UNPRIVILEGED_PORT = 1024;

  private PortFailure() {}

  static String explain(ListenException failure) {
    InetSocketAddress address = failure.address();
    return "%s: %d cannot be opened at %s (bindAddress): %s; %s"
        .formatted(
            ListenerName.of(failure.listener()).portProperty(),
            address.getPort(),
            address.getAddress().getHostAddress(),
            failure.reason(),
            remedy(failure.reason().toLowerCase(Locale.ROOT), address.getPort()));
  }

  /**
   * The reasons are texts of the operating system, all with the same Java class, and may be in the
   * language of the host. So the last remedy must fit every reason.
   */
  private static String remedy(String reason, int port) {
    if (reason.contains("in use")) {
      return "end the program, or the other adapter, that listens there, or choose another port";
    }
    if (reason.contains("permission denied") && port < FIRST_UNPRIVILEGED_PORT) {
      return "only a privileged process may open a port below 1024: choose a higher one, such as"
          + " 2525, and have the operating system forward to it";
    }
    if (reason.contains("no ipv6")) {
      return "choose an IPv4 address of this host or 0.0.0.0, or start the server without"
          + " -Djava.net.preferIPv4Stack=true";
    }
    return "choose an address of this host, 0.0.0.0 or ::, and a port that no other program has and"
        + " that this process may open";
  }
}
