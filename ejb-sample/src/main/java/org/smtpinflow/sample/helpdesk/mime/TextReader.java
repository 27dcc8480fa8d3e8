// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.sample.helpdesk.mime;

import jakarta.mail.internet.MimePart;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Collection;

/**
 * Reads the text parts of one message: at most {@value MimeReading#MAX_TEXT} characters of plain
 * text and as many of HTML, over all parts.
 */
final class TextReader {

  private final Collection<String> remarks;
  private int plainLeft = MimeReading.MAX_TEXT;
  private int htmlLeft = MimeReading.MAX_TEXT;

  /**
   * Makes a reader.
   *
   * @param remarks to which remarks about problems are added
   */
  TextReader(Collection<String> remarks) {
    this.remarks = remarks;
  }

  /** Reads a part whose header has been read. */
  BodyText read(MimePart part, PartHeader header) throws IOException {
    Charset charset = header.charset().orElse(StandardCharsets.UTF_8);
    if (header.charset().isEmpty()) {
      remarks.add("The text is in a character set that is not known here; see the original.");
    }
    return header.isHtml() ? readHtml(part, charset) : readPlain(part, charset);
  }

  /** Reads the body of a part as plain text, whatever its header says. */
  BodyText readUndecoded(MimePart part) {
    try {
      return readPlain(part, StandardCharsets.UTF_8);
    } catch (IOException e) {
      return new BodyText("", false, true);
    }
  }

  private BodyText readPlain(MimePart part, Charset charset) throws IOException {
    String text = read(part, charset, plainLeft + 1);
    String kept = ReadableText.cut(text, plainLeft);
    plainLeft -= kept.length();
    return new BodyText(kept, false, kept.length() < text.length());
  }

  private BodyText readHtml(MimePart part, Charset charset) throws IOException {
    String html = read(part, charset, htmlLeft + 1);
    String kept = ReadableText.cut(html, htmlLeft);
    htmlLeft -= kept.length();
    return new BodyText(HtmlText.of(kept), true, kept.length() < html.length());
  }

  private String read(MimePart part, Charset charset, int maxLength) throws IOException {
    try (DecodedStream in = new DecodedStream(part)) {
      String text = read(new InputStreamReader(in, charset), maxLength);
      if (in.isDamaged()) {
        remarks.add("The text could not be decoded well; see the original.");
      }
      return text;
    }
  }

  private static String read(Reader reader, int maxLength) throws IOException {
    StringBuilder text = new StringBuilder();
    char[] buffer = new char[8192];
    while (text.length() < maxLength) {
      int length = reader.read(buffer, 0, Math.min(buffer.length, maxLength - text.length()));
      if (length < 0) {
        break;
      }
      text.append(buffer, 0, length);
    }
    return text.toString();
  }
}
