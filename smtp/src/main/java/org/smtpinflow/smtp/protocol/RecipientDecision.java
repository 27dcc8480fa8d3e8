// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.protocol;

import java.util.Objects;

/** A receiver's decision on a recipient: the answer to a {@link RecipientRequest}. */
public sealed interface RecipientDecision {

  /** Returns the reply to RCPT, which is sent unchanged. A 421 ends the session. */
  Reply reply();

  /**
   * The recipient is accepted.
   *
   * @param reply a 2yz reply with an enhanced status code
   * @param acceptance the data that the receiver gets back with the message
   */
  record Accepted(Reply reply, Acceptance acceptance) implements RecipientDecision {

    /**
     * No argument may be null.
     *
     * @throws IllegalArgumentException if the reply is not 2yz or has no enhanced status code
     */
    public Accepted {
      requireOutcome(reply, reply.isPositive(), "2yz");
      Objects.requireNonNull(acceptance, "acceptance");
    }
  }

  /**
   * The recipient is refused.
   *
   * @param reply a 4yz or 5yz reply with an enhanced status code
   */
  record Refused(Reply reply) implements RecipientDecision {

    /**
     * The argument must not be null.
     *
     * @throws IllegalArgumentException if the reply is not 4yz or 5yz or has no enhanced status
     *     code
     */
    public Refused {
      requireOutcome(reply, reply.isFailure(), "4yz or 5yz");
    }
  }

  private static void requireOutcome(Reply reply, boolean fits, String allowed) {
    if (!fits) {
      throw new IllegalArgumentException("reply " + reply.code() + " is not " + allowed);
    }
    reply.requireOutcome();
  }
}
