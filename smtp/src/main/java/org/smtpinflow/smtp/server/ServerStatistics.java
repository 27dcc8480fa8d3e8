// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.server;

import java.time.Instant;
import java.util.Optional;

/**
 * What a server has done since it was started, and what it is doing, at one moment.
 *
 * @param sessionsOpen sessions that there are
 * @param sessionsAccepted sessions that there have been, those included
 * @param sessionsRefused connections turned away with 421 because of a limit, or of a stop
 * @param messagesAccepted messages answered with 2yz at their end; in LMTP for any recipient
 * @param messagesRejected messages answered with 5yz at their end; in LMTP for all recipients
 * @param messagesDeferred messages answered with 4yz at their end; in LMTP all others
 * @param contentsHeld messages whose content is in the store, those still arriving included
 * @param heapOctets octets of content on the heap
 * @param diskOctets octets of content in files
 * @param tls handshakes and certificates
 * @param authentication attempts to authenticate
 */
public record ServerStatistics(
    long sessionsOpen,
    long sessionsAccepted,
    long sessionsRefused,
    long messagesAccepted,
    long messagesRejected,
    long messagesDeferred,
    long contentsHeld,
    long heapOctets,
    long diskOctets,
    Tls tls,
    Authentication authentication) {

  /**
   * Handshakes and certificates.
   *
   * @param handshakes handshakes that succeeded
   * @param handshakesFailed handshakes that failed, those included that a client never finished
   * @param reloads how often replaced certificates were taken into use
   * @param failedReloads how often they could not be, so that those from before stayed
   * @param certificateExpires when the first of the certificates in use expires; empty without TLS
   */
  public record Tls(
      long handshakes,
      long handshakesFailed,
      long reloads,
      long failedReloads,
      Optional<Instant> certificateExpires) {}

  /**
   * Attempts to authenticate.
   *
   * @param succeeded attempts that proved who the client is
   * @param failed attempts with wrong credentials
   * @param cutOff attempts that were not looked at, as too many of the same client had failed
   */
  public record Authentication(long succeeded, long failed, long cutOff) {}
}
