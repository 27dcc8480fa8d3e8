// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.sample.helpdesk.mime;

import jakarta.mail.MessagingException;
import jakarta.mail.Part;
import jakarta.mail.internet.ContentType;
import jakarta.mail.internet.MimePart;
import jakarta.mail.internet.ParseException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The header of a MIME part, which describes the body. The defaults are those of RFC 2045, section
 * 5.2. Where the header breaks the syntax, as many mail programs do, this class guesses.
 */
final class PartHeader {

  private static final Pattern TYPE =
      Pattern.compile(
          "\\s*([A-Za-z0-9!#$&^_.+-]+/[A-Za-z0-9!#$&^_.+-]+)\\s*(;.*)?", Pattern.DOTALL);
  private static final Pattern NAME_PARAMETER =
      Pattern.compile("\\b(?:file)?name\\s*=\\s*\"?([^\";\\r\\n]+)", Pattern.CASE_INSENSITIVE);

  /** Text labelled ISO-8859-1 is often Windows-1252, which is a superset for printable text. */
  private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");

  private final MimePart part;
  private final String contentType;
  private final String disposition;

  PartHeader(MimePart part) throws MessagingException {
    this.part = part;
    this.contentType = header(part, "Content-Type");
    this.disposition = header(part, "Content-Disposition");
  }

  private static String header(MimePart part, String name) throws MessagingException {
    String[] values = part.getHeader(name);
    return values == null ? "" : values[0];
  }

  /** Returns the media type in lower case, without parameters. */
  String type() {
    Matcher matcher = TYPE.matcher(contentType);
    if (!matcher.matches()) {
      return "text/plain";
    }
    return ReadableText.line(matcher.group(1), MimeReading.MAX_NAME).toLowerCase(Locale.ROOT);
  }

  boolean isHtml() {
    return type().equals("text/html");
  }

  /** Returns whether the part is to be read in the message, not saved as a file. */
  boolean isBodyText() {
    boolean text = isHtml() || type().equals("text/plain");
    boolean file = disposition.strip().toLowerCase(Locale.ROOT).startsWith(Part.ATTACHMENT);
    return text && !file && fileName().isEmpty();
  }

  /**
   * Returns the file name.
   *
   * @param number the number of the file, for a made-up name if there is none
   */
  String fileName(int number) {
    String extension = type().equals("message/rfc822") ? ".eml" : "";
    return fileName().orElse("attachment-" + number + extension);
  }

  private Optional<String> fileName() {
    return rawFileName()
        .map(MimeReader::text)
        .map(name -> ReadableText.cut(name, MimeReading.MAX_NAME))
        .filter(name -> !name.isBlank());
  }

  private Optional<String> rawFileName() {
    try {
      return Optional.ofNullable(part.getFileName()).or(this::guessedFileName);
    } catch (MessagingException e) {
      return guessedFileName();
    }
  }

  /** Finds a name that should be quoted but is not, as many programs write it. */
  private Optional<String> guessedFileName() {
    Matcher matcher = NAME_PARAMETER.matcher(disposition + "; " + contentType);
    return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  /**
   * Returns the charset of a text. Without a charset it is UTF-8, which includes the default,
   * US-ASCII.
   *
   * @return empty if the charset is unknown to this Java runtime
   */
  Optional<Charset> charset() {
    String name = charsetName().orElse("us-ascii");
    try {
      Charset charset = Charset.forName(name);
      if (charset.equals(StandardCharsets.US_ASCII)) {
        return Optional.of(StandardCharsets.UTF_8);
      }
      return Optional.of(charset.equals(StandardCharsets.ISO_8859_1) ? WINDOWS_1252 : charset);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private Optional<String> charsetName() {
    try {
      return Optional.ofNullable(new ContentType(contentType).getParameter("charset"));
    } catch (ParseException e) {
      return Optional.empty();
    }
  }
}
