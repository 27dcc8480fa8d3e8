// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.server;

import org.smtpinflow.api.MailServerStatistics.Authentication;
import org.smtpinflow.api.MailServerStatistics.Tls;

/**
 * The statistics of a server since its start, at one moment.
 *
 * @param sessionsOpen sessions that are open
 * @param sessionsAccepted sessions accepted so far, including the open ones
 * @param sessionsRefused connections turned away with 421 because of a limit, or of a stop
 * @param messagesAccepted messages answered with 2yz at their end; in LMTP for any recipient
 * @param messagesRejected messages answered with 5yz at their end; in LMTP for all recipients
 * @param messagesDeferred messages answered with 4yz at their end; in LMTP all others
 * @param contentsHeld messages whose content is in the store, including those that are still being
 *     received
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
    Authentication authentication) {}
