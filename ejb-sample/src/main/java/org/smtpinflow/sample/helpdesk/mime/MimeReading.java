// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.sample.helpdesk.mime;

import jakarta.mail.internet.MimePart;
import java.util.List;

/**
 * A message as {@link MimeReader} understood it. All texts can be stored and shown: they are
 * decoded, bounded, and free of control characters except for line feeds in the text.
 *
 * @param subject the subject; empty if there is none
 * @param from the From field
 * @param to the To field
 * @param cc the Cc field
 * @param date the Date field, not parsed
 * @param messageId the Message-ID field; empty if it is not a message id
 * @param automaticSign what in the header shows that a program wrote the message without a person,
 *     such as "its Auto-Submitted field"; empty if nothing does
 * @param text the text for people: the plain text if there is any, otherwise the HTML reduced to
 *     text
 * @param textTruncated whether the text was longer than {@value #MAX_TEXT} characters
 * @param files the attachments; their octets can be read for as long as the mail can
 * @param remarks what could not be read, one sentence each; empty for a proper message
 */
public record MimeReading(
    String subject,
    String from,
    String to,
    String cc,
    String date,
    String messageId,
    String automaticSign,
    String text,
    boolean textTruncated,
    List<FilePart> files,
    List<String> remarks) {

  /** The characters of a header field that are kept. */
  public static final int MAX_FIELD = 1000;

  /** The characters of a file name or media type that are kept. */
  public static final int MAX_NAME = 255;

  /** The characters of the text that are kept. */
  public static final int MAX_TEXT = 256 * 1024;

  /**
   * An attachment.
   *
   * @param name the file name that the sender gave, or a made-up name
   * @param type the media type, without parameters
   * @param part the part with the octets
   */
  public record FilePart(String name, String type, MimePart part) {}
}
