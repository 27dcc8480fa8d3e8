// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.sample.helpdesk.mime;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeUtility;
import java.io.UnsupportedEncodingException;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.smtpinflow.api.Mail;

/**
 * Reads a mail as a person would. It never fails: a part that cannot be read is left out, and a
 * remark says so.
 */
public final class MimeReader {

  /** The encoded form of a field is longer than the decoded form; this bounds it. */
  private static final int MAX_ENCODED_FIELD = 8 * MimeReading.MAX_FIELD;

  /** A message id (RFC 5322, section 3.6.4) without comments. */
  private static final Pattern MESSAGE_ID = Pattern.compile("<[!-;=?-~]{1,500}@[!-;=?-~]{1,400}>");

  private MimeReader() {}

  /** Reads a mail as it was delivered. */
  public static MimeReading read(Mail mail) {
    try {
      return read(mail.mimeMessage());
    } catch (MessagingException | RuntimeException e) {
      String remark = "This is not a mail that can be read; see the original.";
      return new MimeReading("", "", "", "", "", "", "", "", false, List.of(), List.of(remark));
    }
  }

  /** Reads a parsed message. */
  static MimeReading read(MimeMessage message) {
    MimeBody body = new MimeBody(message);
    return new MimeReading(
        text(field(message, "Subject")),
        addresses(field(message, "From")),
        addresses(field(message, "To")),
        addresses(field(message, "Cc")),
        ReadableText.line(field(message, "Date"), MimeReading.MAX_FIELD),
        messageId(field(message, "Message-ID")),
        AutomaticMail.sign(name -> field(message, name)),
        body.text(),
        body.isTruncated(),
        body.files(),
        body.remarks());
  }

  /** Returns the fields of that name joined, as some programs write several; empty if none. */
  private static String field(MimeMessage message, String name) {
    try {
      String value = message.getHeader(name, ", ");
      return value == null ? "" : ReadableText.cut(value, MAX_ENCODED_FIELD);
    } catch (MessagingException | RuntimeException e) {
      return "";
    }
  }

  private static String messageId(String value) {
    String id = value.strip();
    return MESSAGE_ID.matcher(id).matches() ? id : "";
  }

  /** Decodes the encoded words (RFC 2047) in a text, such as a subject or a file name. */
  static String text(String encoded) {
    String bounded = ReadableText.cut(encoded, MAX_ENCODED_FIELD);
    return ReadableText.line(decode(bounded), MimeReading.MAX_FIELD);
  }

  private static String decode(String encoded) {
    try {
      return MimeUtility.decodeText(MimeUtility.unfold(encoded));
    } catch (UnsupportedEncodingException | RuntimeException e) {
      return encoded;
    }
  }

  /** Decodes the names in a list of addresses. If it cannot be parsed, it is read as text. */
  private static String addresses(String encoded) {
    try {
      String decoded =
          Arrays.stream(InternetAddress.parseHeader(encoded, false))
              .map(MimeReader::address)
              .collect(Collectors.joining(", "));
      return ReadableText.line(decoded, MimeReading.MAX_FIELD);
    } catch (AddressException | RuntimeException e) {
      return text(encoded);
    }
  }

  private static String address(InternetAddress address) {
    String name = address.getPersonal();
    boolean isNamed = name != null && !name.isBlank();
    return isNamed ? name + " <" + address.getAddress() + ">" : address.getAddress();
  }
}
