// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.api;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Objects;

/**
 * What a {@link MailServer} has done since its resource adapter was started, and what it is doing,
 * at one moment.
 *
 * @param state what it does with clients that connect
 * @param listeners the sockets that it listens on; none if it is closed
 * @param beans how many message-driven beans take mail
 * @param sessionsOpen sessions that there are
 * @param sessionsAccepted sessions that there have been, those included
 * @param sessionsRefused connections turned away with 421 because of a limit, a pause or a stop
 * @param messagesAccepted messages answered with 2yz at their end
 * @param messagesRejected messages answered with 5yz at their end
 * @param messagesDeferred messages answered with 4yz at their end
 * @param contentsHeld messages whose content is kept, those still arriving included
 * @param heapOctets octets of content on the heap
 * @param diskOctets octets of content in files
 * @param deliveriesUnderWay messages that are being delivered to beans
 * @param deliveriesWaiting messages that wait for a bean, or for the adapter, to have room for them
 */
public record MailServerStatistics(
    MailServer.State state,
    List<Listener> listeners,
    int beans,
    long sessionsOpen,
    long sessionsAccepted,
    long sessionsRefused,
    long messagesAccepted,
    long messagesRejected,
    long messagesDeferred,
    long contentsHeld,
    long heapOctets,
    long diskOctets,
    int deliveriesUnderWay,
    int deliveriesWaiting) {

  /** Copies the list; no argument may be null. */
  public MailServerStatistics {
    Objects.requireNonNull(state, "state");
    listeners = List.copyOf(listeners);
  }

  /**
   * A socket that the server listens on.
   *
   * @param name what the administrator knows it as, such as {@code smtp}
   * @param address the address and port that it is really bound to
   */
  public record Listener(String name, InetSocketAddress address) {

    /** No argument may be null. */
    public Listener {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(address, "address");
    }
  }
}
