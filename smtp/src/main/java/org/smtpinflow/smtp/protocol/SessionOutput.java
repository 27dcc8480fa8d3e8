// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.protocol;

import io.netty.buffer.ByteBuf;
import java.util.List;
import org.smtpinflow.smtp.protocol.SessionConfig.Limits;

/** The replies of a session. A closing reply or too many errors end the session. */
final class SessionOutput {

  private final Limits limits;
  private final SessionState state;
  private final ReplyQueue replies = new ReplyQueue();

  private int errors;
  private int junkCommands;

  SessionOutput(Limits limits, SessionState state) {
    this.limits = limits;
    this.state = state;
  }

  void drainReplies(ByteBuf target) {
    replies.drainTo(target);
  }

  /** Adds a reply, unless the session has ended. */
  void reply(Reply reply) {
    reply(List.of(reply));
  }

  /**
   * Adds the replies to one command or message, unless the session has ended. If one of them ends
   * the session, the session ends after the last. They count as at most one error, however many
   * recipients a message has (RFC 2033, section 4.2).
   */
  void reply(List<Reply> each) {
    if (state.isClosed()) {
      return;
    }
    each.forEach(replies::add);
    if (each.stream().anyMatch(Reply::isFarewell)) {
      state.close();
    } else if (each.stream().anyMatch(SessionOutput::isError)) {
      countError();
    }
  }

  /**
   * Returns whether a reply counts as an error. Replies to chunks after a refused one do not,
   * because a client may have pipelined them before it learned of the refusal.
   */
  private static boolean isError(Reply reply) {
    return reply.isPermanentFailure() && !reply.equals(Replies.ALREADY_REFUSED);
  }

  private void countError() {
    if (++errors >= limits.errors()) {
      reply(Replies.TOO_MANY_ERRORS);
    }
  }

  /** Counts a command that did not advance a mail transaction, after its reply. */
  void countJunkCommand() {
    if (++junkCommands >= limits.junkCommands()) {
      reply(Replies.TOO_MANY_JUNK_COMMANDS);
    }
  }

  /** Resets the counts, because a message was accepted. */
  void messageAccepted() {
    errors = 0;
    junkCommands = 0;
  }

  /** Removes the last reply, unless it has been sent. */
  void retractLastReply() {
    replies.removeLast();
  }

  /** Ends a session that is to be drained, because no mail transaction is open any more. */
  void transactionEnded() {
    if (state.isDraining()) {
      reply(Replies.SHUTTING_DOWN);
    }
  }
}
