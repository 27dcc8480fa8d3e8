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
import org.smtpinflow.smtp.protocol.RecipientDecision;
import org.smtpinflow.smtp.protocol.RecipientRequest;
import org.smtpinflow.smtp.protocol.Replies;
import org.smtpinflow.smtp.protocol.Reply;

/**
 * Calls the {@link MailReceiver}, and always produces a reply: a failure is logged and becomes 451.
 * Counts and logs the outcome of each message, and closes its content.
 */
final class ReceiverCalls {

  private static final Logger LOG = System.getLogger("org.smtpinflow.smtp");

  private static final RecipientDecision FAILED_RECIPIENT =
      new RecipientDecision.Refused(Replies.RECEIVER_FAILED);

  private final MailReceiver receiver;
  private final Counters counters;

  ReceiverCalls(MailReceiver receiver, Counters counters) {
    this.receiver = receiver;
    this.counters = counters;
  }

  /** Asks about a recipient. The decision arrives at once, or later on any thread. */
  void recipient(RecipientRequest request, Consumer<RecipientDecision> decision) {
    answer(
        stageOf(() -> receiver.recipient(request)),
        FAILED_RECIPIENT,
        (answer, failure) -> {
          if (failure != null) {
            String recipient = LogText.escape(request.recipient().path().toString());
            LOG.log(Level.ERROR, "recipient " + recipient + " could not be decided on", failure);
          }
          decision.accept(answer);
        });
  }

  /**
   * Asks about a message. The replies, as many as the message gets, arrive at once, or later on any
   * thread.
   *
   * @return withdraws the question; to be run if the session ends before the replies come
   */
  Runnable message(ReceivedMail mail, Consumer<List<Reply>> replies) {
    PendingMessage pending = ask(mail);
    answer(
        stageOf(pending::replies).thenApply(mail::requireReplies),
        Collections.nCopies(mail.replies(), Replies.RECEIVER_FAILED),
        (answer, failure) -> {
          end(mail, answer, failure);
          replies.accept(answer);
        });
    return () -> withdraw(mail, pending);
  }

  private static void withdraw(ReceivedMail mail, PendingMessage pending) {
    try {
      pending.withdraw();
    } catch (RuntimeException | Error e) {
      LOG.log(Level.ERROR, "message " + mail.id() + " could not be withdrawn", e);
    }
  }

  private PendingMessage ask(ReceivedMail mail) {
    try {
      return Objects.requireNonNull(receiver.message(mail), "pending message of the receiver");
    } catch (RuntimeException | Error e) {
      return PendingMessage.of(CompletableFuture.failedStage(e));
    }
  }

  private void end(ReceivedMail mail, List<Reply> outcome, Throwable failure) {
    if (failure != null) {
      LOG.log(Level.ERROR, "message " + mail.id() + " could not be delivered", failure);
    }
    logOutcome(mail, outcome);
    counters.message(outcome);
    mail.content().close();
  }

  private static <T> CompletionStage<T> stageOf(Supplier<CompletionStage<T>> question) {
    try {
      return Objects.requireNonNull(question.get(), "stage of the receiver");
    } catch (RuntimeException | Error e) {
      return CompletableFuture.failedStage(e);
    }
  }

  private static <T> void answer(CompletionStage<T> stage, T onFailure, Outcome<T> outcome) {
    stage
        .thenApply(answer -> Objects.requireNonNull(answer, "answer of the receiver"))
        .whenComplete(
            (answer, failure) -> outcome.is(failure == null ? answer : onFailure, failure));
  }

  /** The receiver's answer, and the failure that caused it, or null. */
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
