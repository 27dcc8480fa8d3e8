// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.rar.inflow;

import java.util.Optional;
import org.smtpinflow.api.MailServerStatistics.Authentication;
import org.smtpinflow.api.MailServerStatistics.Tls;
import org.smtpinflow.smtp.server.ServerStatistics;
import org.smtpinflow.smtp.server.SmtpServer;

/**
 * The statistics since the start of the adapter. Each time that the ports are opened there is a new
 * SMTP server, which counts from zero.
 */
final class CumulativeStatistics {

  private static final ServerStatistics NOTHING =
      new ServerStatistics(
          0,
          0,
          0,
          0,
          0,
          0,
          0,
          0,
          0,
          new Tls(0, 0, 0, 0, Optional.empty()),
          new Authentication(0, 0, 0));

  private Optional<SmtpServer> server = Optional.empty();
  private ServerStatistics before = NOTHING;

  /** Counts from now on with a server that has just started. */
  synchronized void through(SmtpServer opened) {
    server = Optional.of(opened);
  }

  /** Keeps the figures of a server that has stopped. */
  synchronized void ended() {
    before = statistics();
    server = Optional.empty();
  }

  /** Returns the sums up to now; zeros if no port was ever open. */
  synchronized ServerStatistics statistics() {
    return sum(before, server.map(SmtpServer::statistics).orElse(NOTHING));
  }

  /** Adds up the counters. Figures of the present are those of the later server. */
  private static ServerStatistics sum(ServerStatistics earlier, ServerStatistics later) {
    return new ServerStatistics(
        later.sessionsOpen(),
        earlier.sessionsAccepted() + later.sessionsAccepted(),
        earlier.sessionsRefused() + later.sessionsRefused(),
        earlier.messagesAccepted() + later.messagesAccepted(),
        earlier.messagesRejected() + later.messagesRejected(),
        earlier.messagesDeferred() + later.messagesDeferred(),
        later.contentsHeld(),
        later.heapOctets(),
        later.diskOctets(),
        sum(earlier.tls(), later.tls()),
        sum(earlier.authentication(), later.authentication()));
  }

  private static Tls sum(Tls earlier, Tls later) {
    return new Tls(
        earlier.handshakes() + later.handshakes(),
        earlier.handshakesFailed() + later.handshakesFailed(),
        earlier.certificatesReplaced() + later.certificatesReplaced(),
        earlier.replacementsFailed() + later.replacementsFailed(),
        later.certificateExpires());
  }

  private static Authentication sum(Authentication earlier, Authentication later) {
    return new Authentication(
        earlier.succeeded() + later.succeeded(),
        earlier.failed() + later.failed(),
        earlier.cutOff() + later.cutOff());
  }
}
