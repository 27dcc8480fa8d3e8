// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.server;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.smtpinflow.smtp.protocol.ReceivedMail;
import org.smtpinflow.smtp.protocol.RecipientRequest;
import org.smtpinflow.smtp.protocol.Reply;

/**
 * Asks the {@link MailReceiver}, and gets a reply from it whatever it does: a failure is logged and
 * becomes 451. Counts and logs the outcome of each message, and closes its content.
 */
final class Reception {

  private static final Logger LOG = System.getLogger("org.smtpinflow.smtp");

  private static final Reply FAILED =
      Reply.of(451, "4.3.0", "Local error in processing, try again later");

  private final MailReceiver receiver;
  private final Counters counters;

  Reception(MailReceiver receiver, Counters counters) {
    this.receiver = receiver;
    this.counters = counters;
  }

  /** Asks about a recipient; the reply comes at once, or later and on any thread. */
  void recipient(RecipientRequest request, Consumer<Reply> reply) {
    ask(
        () -> receiver.recipient(request),
        (answer, failure) -> {
          if (failure != null) {
            String recipient = LogText.escape(request.recipient().path().toString());
            LOG.log(Level.ERROR, "recipient " + recipient + " could not be decided on", failure);
          }
          reply.accept(answer);
        });
  }

  /** Asks about a message; the reply comes at once, or later and on any thread. */
  void message(ReceivedMail mail, Consumer<Reply> reply) {
    ask(
        () -> receiver.message(mail),
        (answer, failure) -> {
          if (failure != null) {
            LOG.log(Level.ERROR, "message " + mail.id() + " could not be delivered", failure);
          }
          logOutcome(mail, answer);
          counters.message(answer);
          mail.content().close();
          reply.accept(answer);
        });
  }

  private static void ask(Supplier<CompletionStage<Reply>> question, Outcome outcome) {
    CompletionStage<Reply> stage;
    try {
      stage = Objects.requireNonNull(question.get(), "stage of the receiver");
    } catch (RuntimeException | Error e) {
      stage = CompletableFuture.failedStage(e);
    }
    stage
        .thenApply(reply -> Objects.requireNonNull(reply, "reply of the receiver"))
        .whenComplete((reply, failure) -> outcome.is(failure == null ? reply : FAILED, failure));
  }

  /** What the receiver answered, and the failure that the answer stands for, or null. */
  private interface Outcome {
    void is(Reply answer, Throwable failure);
  }

  private static void logOutcome(ReceivedMail mail, Reply outcome) {
    if (!LOG.isLoggable(Level.INFO)) {
      return;
    }
    String line =
        "message %s from %s to %d recipients, %d octets, client %s helo %s: %s"
            .formatted(
                mail.id(),
                mail.envelope().reversePath(),
                mail.envelope().recipients().size(),
                mail.content().size(),
                LogText.address(mail.client().remoteAddress()),
                mail.client().helo(),
                LogText.reply(outcome));
    LOG.log(Level.INFO, LogText.escape(line));
  }
}
