// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.protocol;

import io.netty.buffer.ByteBuf;
import java.util.List;

/** The server's part of a session: what it says, and what it needs before it can go on. */
final class SessionOutput {

  private static final Step NEED_INPUT = new Step.NeedInput();
  private static final Step CLOSE = new Step.Close();

  private final int maxErrors;
  private final Runnable onClose;
  private final ReplyQueue replies = new ReplyQueue();

  private Step step = NEED_INPUT;
  private int errors;
  private boolean draining;

  /**
   * @param maxErrors 5yz replies after which the session is closed
   * @param onClose what is to be done when it is
   */
  SessionOutput(int maxErrors, Runnable onClose) {
    this.maxErrors = maxErrors;
    this.onClose = onClose;
  }

  Step step() {
    return step;
  }

  void drainReplies(ByteBuf target) {
    replies.drainTo(target);
  }

  /** Asks whoever drives the session for something. */
  void ask(Step question) {
    step = question;
  }

  /** Says that what was asked for has been done. */
  void resume() {
    step = NEED_INPUT;
  }

  /** Adds a reply, unless the session has ended. */
  void reply(Reply reply) {
    reply(List.of(reply));
  }

  /**
   * Adds the replies to one command or message, unless the session has ended. If one of them ends
   * the session, that is after the last. They are one error at most, however many recipients a
   * message has (RFC 2033, section 4.2).
   */
  void reply(List<Reply> each) {
    if (step == CLOSE) {
      return;
    }
    each.forEach(replies::add);
    if (each.stream().anyMatch(Reply::isFarewell)) {
      close();
    } else if (each.stream().anyMatch(SessionOutput::isError)) {
      countError();
    }
  }

  /** A client that pipelines chunks sends some more before it can know that one was refused. */
  private static boolean isError(Reply reply) {
    return reply.isPermanentFailure() && !reply.equals(Replies.ALREADY_REFUSED);
  }

  private void countError() {
    if (++errors >= maxErrors) {
      reply(Replies.TOO_MANY_ERRORS);
    }
  }

  void forgetErrors() {
    errors = 0;
  }

  /** Takes the last thing back that was said, if nobody has heard it. */
  void retractLastReply() {
    replies.removeLast();
  }

  /** Says that the session is to end as soon as nothing is under way. */
  void drain() {
    draining = true;
  }

  /** Says that nothing is under way: no mail transaction is open. */
  void transactionEnded() {
    if (draining) {
      reply(Replies.SHUTTING_DOWN);
    }
  }

  /** Ends the session without a word. */
  void close() {
    step = CLOSE;
    onClose.run();
  }
}
