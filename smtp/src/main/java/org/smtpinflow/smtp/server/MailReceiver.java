// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.server;

import java.util.concurrent.CompletionStage;
import org.smtpinflow.smtp.protocol.ReceivedMail;
import org.smtpinflow.smtp.protocol.RecipientDecision;
import org.smtpinflow.smtp.protocol.RecipientRequest;

/**
 * Receives the mail: the application behind the server. Its methods are called on event loops and
 * must not block; they answer by completing a stage, on any thread. A session continues only after
 * the answer. If a stage fails, the client gets 451 4.3.0 and the failure is logged.
 */
public interface MailReceiver {

  /** Accepts or refuses a recipient. */
  CompletionStage<RecipientDecision> recipient(RecipientRequest request);

  /**
   * Takes responsibility for a message by positive replies, or refuses it. SMTP wants one reply for
   * the message; LMTP wants one for each recipient (RFC 2033, section 4.2). {@link
   * ReceivedMail#replies} returns how many. The server closes the content once the replies are
   * known.
   */
  PendingMessage message(ReceivedMail mail);
}
