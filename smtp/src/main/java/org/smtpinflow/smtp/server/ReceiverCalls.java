// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.server;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Collections;
import java.util.List;
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
final class ReceiverCalls {

  private static final Logger LOG = System.getLogger("org.smtpinflow.smtp");

  private static final Reply FAILED =
      Reply.of(451, "4.3.0", "Local error in processing, try again later");

  private final MailReceiver receiver;
  private final Counters counters;

  ReceiverCalls(MailReceiver receiver, Counters counters) {
    this.receiver = receiver;
    this.counters = counters;
  }

  /** Asks about a recipient; the reply comes at once, or later and on any thread. */
  void recipient(RecipientRequest request, Consumer<Reply> reply) {
    ask(
        () -> receiver.recipient(request),
        FAILED,
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
        FAILED,
        (answer, failure) -> {
          end(mail, List.of(answer), failure);
          reply.accept(answer);
        });
  }

  /**
   * Asks about a message for each of its recipients; the replies, one for each, come at once, or
   * later and on any thread.
   */
  void messageForEach(ReceivedMail mail, Consumer<List<Reply>> replies) {
    int recipients = mail.envelope().recipients().size();
    ask(
        () -> receiver.messageForEach(mail).thenApply(answer -> requireSize(answer, recipients)),
        Collections.nCopies(recipients, FAILED),
        (answer, failure) -> {
          end(mail, answer, failure);
          replies.accept(answer);
        });
  }

  private static List<Reply> requireSize(List<Reply> replies, int recipients) {
    List<Reply> checked = List.copyOf(replies);
    if (checked.size() != recipients) {
      throw new IllegalStateException(
          "receiver answered " + checked.size() + " replies for " + recipients + " recipients");
    }
    return checked;
  }

  private void end(ReceivedMail mail, List<Reply> outcome, Throwable failure) {
    if (failure != null) {
      LOG.log(Level.ERROR, "message " + mail.id() + " could not be delivered", failure);
    }
    logOutcome(mail, outcome);
    counters.message(outcome);
    mail.content().close();
  }

  private static <T> void ask(
      Supplier<CompletionStage<T>> question, T onFailure, Outcome<T> outcome) {
    CompletionStage<T> stage;
    try {
      stage = Objects.requireNonNull(question.get(), "stage of the receiver");
    } catch (RuntimeException | Error e) {
      stage = CompletableFuture.failedStage(e);
    }
    stage
        .thenApply(reply -> Objects.requireNonNull(reply, "reply of the receiver"))
        .whenComplete((reply, failure) -> outcome.is(failure == null ? reply : onFailure, failure));
  }

  /** What the receiver answered, and the failure that the answer stands for, or null. */
  private interface Outcome<T> {
    void is(T answer, Throwable failure);
  }

  private static void logOutcome(ReceivedMail mail, List<Reply> outcome) {
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
                LogText.replies(outcome));
    LOG.log(Level.INFO, LogText.escape(line));
  }
}
