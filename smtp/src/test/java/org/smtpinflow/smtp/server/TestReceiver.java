// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.server;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import org.smtpinflow.smtp.content.Content;
import org.smtpinflow.smtp.protocol.ReceivedMail;
import org.smtpinflow.smtp.protocol.RecipientRequest;
import org.smtpinflow.smtp.protocol.Reply;

/** Accepts everything at once unless told otherwise, and keeps the mails that it was given. */
final class TestReceiver implements MailReceiver {

  static final Reply RECIPIENT_OK = Reply.of(250, "2.1.5", "Recipient ok");
  static final Reply MESSAGE_OK = Reply.of(250, "2.0.0", "Taken");

  final Queue<ReceivedMail> mails = new ConcurrentLinkedQueue<>();

  volatile Function<RecipientRequest, CompletionStage<Reply>> onRecipient =
      request -> CompletableFuture.completedStage(RECIPIENT_OK);

  volatile Function<ReceivedMail, CompletionStage<Reply>> onMessage =
      mail -> CompletableFuture.completedStage(MESSAGE_OK);

  volatile Function<ReceivedMail, CompletionStage<List<Reply>>> onMessageForEach =
      MailReceiver.super::messageForEach;

  @Override
  public CompletionStage<Reply> recipient(RecipientRequest request) {
    return onRecipient.apply(request);
  }

  @Override
  public CompletionStage<Reply> message(ReceivedMail mail) {
    mails.add(mail);
    return onMessage.apply(mail);
  }

  @Override
  public CompletionStage<List<Reply>> messageForEach(ReceivedMail mail) {
    return onMessageForEach.apply(mail);
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
