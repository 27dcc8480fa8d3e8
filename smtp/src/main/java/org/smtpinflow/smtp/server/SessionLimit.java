// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.server;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;

/** Limits the number of open sessions, in total and for each client. */
final class SessionLimit {

  private final int all;
  private final int perClient;
  private final Map<ClientNetwork, Integer> clients = new HashMap<>();
  private int open;

  SessionLimit(int all, int perClient) {
    this.all = all;
    this.perClient = perClient;
  }

  /** The answer to the question whether one more session may begin. */
  enum Verdict {
    ENTERED,
    TOO_MANY,
    TOO_MANY_FROM_CLIENT
  }

  /**
   * Admits a session, if the limits allow it. A session that has {@code ENTERED} must {@link
   * #leave}.
   */
  synchronized Verdict enter(InetAddress client) {
    if (open >= all) {
      return Verdict.TOO_MANY;
    }
    ClientNetwork network = ClientNetwork.of(client);
    int ofClient = clients.getOrDefault(network, 0);
    if (ofClient >= perClient) {
      return Verdict.TOO_MANY_FROM_CLIENT;
    }
    clients.put(network, ofClient + 1);
    open++;
    return Verdict.ENTERED;
  }

  /** Returns whether more than three quarters of the sessions that there may be are open. */
  synchronized boolean isCrowded() {
    return open > all - all / 4;
  }

  synchronized void leave(InetAddress client) {
    clients.computeIfPresent(
        ClientNetwork.of(client), (network, count) -> count == 1 ? null : count - 1);
    open--;
  }
}
