// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.api;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.InputStream;
import java.time.Instant;

/**
 * One message as it is delivered to one message-driven bean: the envelope, what is known about the
 * client, and the content.
 *
 * <p>A {@code Mail} can be read until {@link MailListener#onMail} returns; after that its content
 * has been deleted, and reading it fails with an {@link IllegalStateException} or, from a stream
 * opened earlier, an {@link java.io.IOException}. It is not safe for concurrent use, but streams of
 * {@link #content()} are independent of each other.
 */
public interface Mail {

  /**
   * Returns the id that the server gave this message. It appears in the {@code 250} reply, the
   * {@code Received} field and the log. It has only letters and digits, at most 32 of them, is
   * unique on this server, and is the same for every bean that the message is delivered to.
   */
  String id();

  /**
   * Returns the envelope. Its recipients are those that this bean takes, in the order of the
   * client's RCPT commands.
   */
  Envelope envelope();

  /** Returns what is known about the client that sent the message. */
  Client client();

  /** Returns when the client began to send the content. */
  Instant receivedAt();

  /** Returns the length of {@link #content()} in octets. */
  long size();

  /**
   * Opens the content from its beginning: what the client sent, octet for octet, after the {@code
   * Return-Path} and {@code Received} fields (RFC 5321, section 4.4) unless the administrator has
   * disabled these fields. Can be called any number of times. Large content is read from a file;
   * the stream needs no buffering by the caller, and closing it is optional.
   *
   * <p>Opening never fails; reading may, with an {@link java.io.IOException} if the file cannot be
   * read. A bean that cannot continue then lets the exception propagate, and the sender tries again
   * later.
   */
  InputStream content();

  /**
   * Returns the content as a MIME message, parsed on the first call; later calls return the same
   * object. The bodies of its parts are read from the stored content on each access, so a large
   * message is never on the heap as a whole.
   *
   * @throws MessagingException if the header of the content cannot be parsed
   */
  MimeMessage mimeMessage() throws MessagingException;
}
