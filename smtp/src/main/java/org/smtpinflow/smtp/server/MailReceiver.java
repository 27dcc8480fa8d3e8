// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.server;

import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.smtpinflow.smtp.protocol.ReceivedMail;
import org.smtpinflow.smtp.protocol.RecipientRequest;
import org.smtpinflow.smtp.protocol.Reply;

/**
 * Who receives the mail: the application behind the server. Its methods are called on event loops
 * and must not block; they answer by completing a stage, on any thread. A session reads no input
 * while it waits. A stage that fails is answered with 451 4.3.0 and logged.
 */
public interface MailReceiver {

  /** Accepts or refuses a recipient; a positive reply accepts. */
  CompletionStage<Reply> recipient(RecipientRequest request);

  /**
   * Takes the responsibility for a message by a positive reply, or refuses it. The server closes
   * the content when the stage completes.
   */
  CompletionStage<Reply> message(ReceivedMail mail);

  /**
   * Takes the responsibility for a message that came by LMTP, for each recipient on its own (RFC
   * 2033, section 4.2). The server closes the content when the stage completes. Unless it is
   * implemented, what {@link #message} answers holds for every recipient.
   *
   * @return one reply for each recipient of the envelope, in its order
   */
  default CompletionStage<List<Reply>> messageForEach(ReceivedMail mail) {
    return message(mail)
        .thenApply(reply -> Collections.nCopies(mail.envelope().recipients().size(), reply));
  }
}
