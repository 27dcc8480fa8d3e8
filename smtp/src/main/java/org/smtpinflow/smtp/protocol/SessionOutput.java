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

  /** Says something, unless the last word has been said. */
  void reply(Reply reply) {
    if (step == CLOSE) {
      return;
    }
    replies.add(reply);
    if (reply.isFarewell()) {
      close();
    } else if (isError(reply)) {
      countError();
    }
  }

  /**
   * Says what became of a message for each of its recipients (RFC 2033, section 4.2). All is said
   * before the session is closed, if it is, and the message is one error at most.
   */
  void replyForEach(List<Reply> each) {
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
