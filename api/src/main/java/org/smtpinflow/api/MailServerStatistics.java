// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.api;

import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

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
 * @param tls handshakes and certificates
 * @param authentication attempts to authenticate
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
    int deliveriesWaiting,
    Tls tls,
    Authentication authentication) {

  /** Copies the list; no argument may be null. */
  public MailServerStatistics {
    Objects.requireNonNull(state, "state");
    listeners = List.copyOf(listeners);
    Objects.requireNonNull(tls, "tls");
    Objects.requireNonNull(authentication, "authentication");
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

  /**
   * Handshakes and certificates.
   *
   * @param handshakes handshakes that succeeded
   * @param handshakesFailed handshakes that failed, those included that a client never finished
   * @param certificatesReplaced how often replaced certificates were taken into use
   * @param replacementsFailed how often they could not be, so that those from before stayed
   * @param certificateExpires when the first of the certificates in use expires; empty without TLS,
   *     and while no port is open
   */
  public record Tls(
      long handshakes,
      long handshakesFailed,
      long certificatesReplaced,
      long replacementsFailed,
      Optional<Instant> certificateExpires) {

    /** No argument may be null. */
    public Tls {
      Objects.requireNonNull(certificateExpires, "certificateExpires");
    }
  }

  /**
   * Attempts to authenticate.
   *
   * @param succeeded attempts that proved who the client is
   * @param failed attempts with wrong credentials
   * @param cutOff attempts that were not looked at, as too many of the same client had failed
   */
  public record Authentication(long succeeded, long failed, long cutOff) {}
}
