// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.sample.helpdesk;

import jakarta.mail.internet.MimePart;
import java.util.List;

/**
 * What {@link MimeReader} made of a message. All texts are fit to be stored and shown: decoded,
 * bounded, free of control characters (line feeds in the text aside).
 *
 * @param subject the subject; empty if there is none
 * @param from the From field
 * @param to the To field
 * @param cc the Cc field
 * @param date the Date field, not parsed
 * @param messageId the Message-ID field; empty if it has not the syntax of one
 * @param automatic whether a program wrote the message without a person (RFC 3834, section 5)
 * @param text the text for people: the plain text if there is one, or else the HTML reduced to text
 * @param textTruncated whether the text was longer than {@value #MAX_TEXT} characters
 * @param files the attachments; their octets can be read as long as the mail can
 * @param remarks what could not be read, a sentence each; empty for a proper message
 */
record MimeReading(
    String subject,
    String from,
    String to,
    String cc,
    String date,
    String messageId,
    boolean automatic,
    String text,
    boolean textTruncated,
    List<FilePart> files,
    List<String> remarks) {

  /** How many characters of a header field are kept. */
  static final int MAX_FIELD = 1000;

  /** How many characters of a file name or media type are kept. */
  static final int MAX_NAME = 255;

  /** How many characters of the text are kept. */
  static final int MAX_TEXT = 256 * 1024;

  /**
   * An attachment.
   *
   * @param name the file name that the sender gave it, or one made up
   * @param type the media type, without parameters
   * @param part where the octets are
   */
  record FilePart(String name, String type, MimePart part) {}
}
