// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.protocol;

/** Thrown if a command is refused; carries the reply. */
final class CommandRefusedException extends Exception {

  private static final long serialVersionUID = 1L;

  private final transient Reply reply;
  private final boolean outOfStep;

  private CommandRefusedException(Reply reply, boolean outOfStep) {
    // No stack trace: the client is to blame, and this happens often.
    super(null, null, false, false);
    this.reply = reply;
    this.outOfStep = outOfStep;
  }

  CommandRefusedException(Reply reply) {
    this(reply, false);
  }

  /** Refuses a command with a reply. */
  static CommandRefusedException refuse(Reply reply) {
    return new CommandRefusedException(reply);
  }

  /** Refuses a command because of its argument: 501 5.5.4. */
  static CommandRefusedException refuse(String why) {
    return new CommandRefusedException(Replies.badArgument(why));
  }

  /** Refuses a command after which the beginning of the next one is not known. */
  static CommandRefusedException outOfStep(Reply reply) {
    return new CommandRefusedException(reply, true);
  }

  Reply reply() {
    return reply;
  }

  boolean isOutOfStep() {
    return outOfStep;
  }
}
