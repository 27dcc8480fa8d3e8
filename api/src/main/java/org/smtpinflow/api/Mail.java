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
 * is gone, and reading it fails with an {@link IllegalStateException} or, from a stream opened
 * earlier, an {@link java.io.IOException}. It is not safe for use by several threads at once, but
 * streams of {@link #content()} are independent of each other.
 */
public interface Mail {

  /**
   * Returns the id that the server gave this message. It is in the {@code 250} reply, the {@code
   * Received} field and the log. Letters and digits only, at most 32 characters, unique on this
   * server; the same for every bean that the message is delivered to.
   */
  String id();

  /**
   * Returns the envelope. Its recipients are those that this bean takes, in the order in which the
   * client named them.
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
   * switched those off. Can be called any number of times. Large content is read from a file; the
   * stream needs no buffering by the caller, and closing it is optional.
   *
   * <p>Opening never fails; reading may, with an {@link java.io.IOException} if the file cannot be
   * read. A bean that cannot go on then lets an exception through: the sender tries again later.
   */
  InputStream content();

  /**
   * Returns the content as a MIME message, parsed on the first call; later calls return the same
   * object. The bodies of its parts are read from where the content lies whenever they are asked
   * for, so a large message never is on the heap as a whole.
   *
   * @throws MessagingException if the header of the content cannot be parsed
   */
  MimeMessage mimeMessage() throws MessagingException;
}
