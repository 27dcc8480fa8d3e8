// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.server;

import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.smtpinflow.api.MailServerStatistics.Authentication;
import org.smtpinflow.api.MailServerStatistics.Tls;
import org.smtpinflow.smtp.content.SpoolStore;
import org.smtpinflow.smtp.protocol.Reply;
import org.smtpinflow.smtp.tls.ReloadableTls;

/** Counts for {@link ServerStatistics}. */
final class Counters {

  private final LongAdder sessionsAccepted = new LongAdder();
  private final LongAdder sessionsRefused = new LongAdder();
  private final LongAdder messagesAccepted = new LongAdder();
  private final LongAdder messagesRejected = new LongAdder();
  private final LongAdder messagesDeferred = new LongAdder();
  private final LongAdder handshakes = new LongAdder();
  private final LongAdder handshakesFailed = new LongAdder();
  private final LongAdder authenticated = new LongAdder();
  private final LongAdder authenticationsFailed = new LongAdder();
  private final LongAdder authenticationsCutOff = new LongAdder();

  void sessionAccepted() {
    sessionsAccepted.increment();
  }

  void sessionRefused() {
    sessionsRefused.increment();
  }

  void handshake() {
    handshakes.increment();
  }

  void handshakeFailed() {
    handshakesFailed.increment();
  }

  void authenticated() {
    authenticated.increment();
  }

  void authenticationFailed() {
    authenticationsFailed.increment();
  }

  void authenticationCutOff() {
    authenticationsCutOff.increment();
  }

  /** Counts a message once, by the best of the replies that it was answered with. */
  void message(List<Reply> outcome) {
    if (outcome.stream().anyMatch(reply -> reply.code() / 100 == 2)) {
      messagesAccepted.increment();
    } else if (outcome.stream().allMatch(reply -> reply.code() / 100 == 5)) {
      messagesRejected.increment();
    } else {
      messagesDeferred.increment();
    }
  }

  ServerStatistics snapshot(
      int sessionsOpen, SpoolStore.Usage content, ReloadableTls.Statistics certificates) {
    return new ServerStatistics(
        sessionsOpen,
        sessionsAccepted.sum(),
        sessionsRefused.sum(),
        messagesAccepted.sum(),
        messagesRejected.sum(),
        messagesDeferred.sum(),
        content.open(),
        content.heap(),
        content.disk(),
        new Tls(
            handshakes.sum(),
            handshakesFailed.sum(),
            certificates.reloads(),
            certificates.failedReloads(),
            certificates.certificateExpires()),
        new Authentication(
            authenticated.sum(), authenticationsFailed.sum(), authenticationsCutOff.sum()));
  }
}
