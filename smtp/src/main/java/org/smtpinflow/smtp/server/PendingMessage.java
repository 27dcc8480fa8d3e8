// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.server;

import java.util.List;
import java.util.concurrent.CompletionStage;
import org.smtpinflow.smtp.protocol.ReceivedMail;
import org.smtpinflow.smtp.protocol.Reply;

/** A message that was passed to a {@link MailReceiver} and awaits its answer. */
public interface PendingMessage {

  /**
   * Returns the receiver's answer: as many replies as {@link ReceivedMail#replies} wants, in the
   * order of the recipients. Always the same stage. It must complete, on any thread, even after a
   * {@link #withdraw}: the server closes the content when it does. If it fails, every reply is 451
   * 4.3.0.
   */
  CompletionStage<List<Reply>> replies();

  /**
   * Withdraws the message: the session has ended, and no client will get the replies. A delivery
   * that has not begun must not begin any more. One that has begun continues. Idempotent; may be
   * called on any thread, even after the replies are known; must not block.
   */
  void withdraw();

  /** Makes one that cannot be withdrawn, because its delivery has begun. */
  static PendingMessage of(CompletionStage<List<Reply>> replies) {
    return new PendingMessage() {
      @Override
      public CompletionStage<List<Reply>> replies() {
        return replies;
      }

      @Override
      public void withdraw() {}
    };
  }
}
