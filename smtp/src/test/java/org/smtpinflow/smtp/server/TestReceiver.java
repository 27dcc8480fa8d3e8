// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.server;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import org.smtpinflow.smtp.content.Content;
import org.smtpinflow.smtp.protocol.Acceptance;
import org.smtpinflow.smtp.protocol.ReceivedMail;
import org.smtpinflow.smtp.protocol.RecipientDecision;
import org.smtpinflow.smtp.protocol.RecipientRequest;
import org.smtpinflow.smtp.protocol.Reply;

/** Accepts everything at once unless told otherwise, and keeps the mails that it was given. */
final class TestReceiver implements MailReceiver {

  static final RecipientDecision RECIPIENT_OK =
      new RecipientDecision.Accepted(Reply.of(250, "2.1.5", "Recipient ok"), Acceptance.NOTHING);
  static final Reply MESSAGE_OK = Reply.of(250, "2.0.0", "Taken");

  final Queue<ReceivedMail> mails = new ConcurrentLinkedQueue<>();

  volatile Function<RecipientRequest, CompletionStage<RecipientDecision>> onRecipient =
      request -> CompletableFuture.completedStage(RECIPIENT_OK);

  volatile Function<ReceivedMail, PendingMessage> onMessage =
      mail -> answer(Collections.nCopies(mail.replies(), MESSAGE_OK));

  @Override
  public CompletionStage<RecipientDecision> recipient(RecipientRequest request) {
    return onRecipient.apply(request);
  }

  @Override
  public PendingMessage message(ReceivedMail mail) {
    mails.add(mail);
    return onMessage.apply(mail);
  }

  /** Answers at once. */
  static PendingMessage answer(List<Reply> replies) {
    return PendingMessage.of(CompletableFuture.completedStage(replies));
  }

  /** Reads a content from its beginning to its end. */
  static byte[] octets(Content content) {
    ByteArrayOutputStream octets = new ByteArrayOutputStream();
    byte[] buffer = new byte[8192];
    try {
      int count = content.read(0, buffer, 0, buffer.length);
      while (count > 0) {
        octets.write(buffer, 0, count);
        count = content.read(octets.size(), buffer, 0, buffer.length);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return octets.toByteArray();
  }
}
