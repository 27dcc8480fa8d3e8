// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.server;

import java.util.concurrent.atomic.LongAdder;
import org.smtpinflow.smtp.content.SpoolStore;
import org.smtpinflow.smtp.protocol.Reply;

/** Counts what {@link ServerStatistics} tells. */
final class Counters {

  private final LongAdder sessionsAccepted = new LongAdder();
  private final LongAdder sessionsRefused = new LongAdder();
  private final LongAdder messagesAccepted = new LongAdder();
  private final LongAdder messagesRejected = new LongAdder();
  private final LongAdder messagesDeferred = new LongAdder();

  void sessionAccepted() {
    sessionsAccepted.increment();
  }

  void sessionRefused() {
    sessionsRefused.increment();
  }

  void message(Reply outcome) {
    LongAdder counter =
        switch (outcome.code() / 100) {
          case 2 -> messagesAccepted;
          case 5 -> messagesRejected;
          default -> messagesDeferred;
        };
    counter.increment();
  }

  ServerStatistics snapshot(int sessionsOpen, SpoolStore.Usage content) {
    return new ServerStatistics(
        sessionsOpen,
        sessionsAccepted.sum(),
        sessionsRefused.sum(),
        messagesAccepted.sum(),
        messagesRejected.sum(),
        messagesDeferred.sum(),
        content.open(),
        content.heap(),
        content.disk());
  }
}
