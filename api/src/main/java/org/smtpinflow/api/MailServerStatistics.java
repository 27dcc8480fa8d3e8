// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.api;

import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The statistics of a {@link MailServer} since the start of its resource adapter, at one moment.
 *
 * @param state how the server treats clients that connect
 * @param problem why the ports could not be opened, with the property to change; empty unless the
 *     state is {@link MailServer.State#FAILED}
 * @param listeners the sockets that the server listens on; empty if it is closed
 * @param beans how many message-driven beans take mail
 * @param sessionsOpen sessions that are open
 * @param sessionsAccepted sessions accepted so far, including the open ones
 * @param sessionsRefused connections turned away with 421 because of a limit, a pause or a stop
 * @param messagesAccepted messages answered with 2yz at their end
 * @param messagesRejected messages answered with 5yz at their end
 * @param messagesDeferred messages answered with 4yz at their end
 * @param contentsHeld messages whose content is held, including those that are still being received
 * @param heapOctets octets of content on the heap
 * @param diskOctets octets of content in files
 * @param deliveriesUnderWay messages that are being delivered to beans
 * @param deliveriesWaiting messages that wait because their bean, or the adapter, already delivers
 *     as many messages as allowed
 * @param tls handshakes and certificates
 * @param authentication attempts to authenticate
 */
public record MailServerStatistics(
    MailServer.State state,
    Optional<String> problem,
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
    Objects.requireNonNull(problem, "problem");
    listeners = List.copyOf(listeners);
    Objects.requireNonNull(tls, "tls");
    Objects.requireNonNull(authentication, "authentication");
  }

  /**
   * A socket that the server listens on.
   *
   * @param name the name in the adapter's configuration, such as {@code smtp}
   * @param address the address and port that the socket is bound to; never port 0
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
   * @param handshakesFailed handshakes that failed, including those that the client did not finish
   * @param certificatesReplaced how often the server began to use replaced certificates
   * @param replacementsFailed how often replaced certificates were unusable, so that the previous
   *     ones stayed in use
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
   * @param succeeded attempts with valid credentials
   * @param failed attempts with wrong credentials
   * @param cutOff attempts refused unchecked because the same client had failed too often
   */
  public record Authentication(long succeeded, long failed, long cutOff) {}
}
