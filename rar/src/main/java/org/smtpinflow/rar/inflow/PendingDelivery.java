// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.rar.inflow;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.smtpinflow.smtp.protocol.Reply;

/** A delivery that was submitted, until it has its reply. */
interface PendingDelivery {

  /** Returns the outcome. The stage completes on any thread, and never fails. */
  CompletionStage<Reply> reply();

  /**
   * Takes the delivery back. If it has not begun, it never will, and its stage completes with 451.
   * If it has begun, it continues. Idempotent; may be called on any thread.
   */
  void withdraw();

  /** Makes one that is over. */
  static PendingDelivery answered(Reply reply) {
    return new PendingDelivery() {
      @Override
      public CompletionStage<Reply> reply() {
        return CompletableFuture.completedStage(reply);
      }

      @Override
      public void withdraw() {}
    };
  }
}
