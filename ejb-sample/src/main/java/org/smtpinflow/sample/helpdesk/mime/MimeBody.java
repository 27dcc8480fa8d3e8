// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.sample.helpdesk.mime;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.internet.MimePart;
import jakarta.mail.internet.MimePartDataSource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Takes the body of a message apart into text for people and files.
 *
 * <p>A message may be an attack. Its structure is bounded in depth here, and in breadth by {@link
 * PartBudget}. Parts beyond the bounds are only in the original.
 */
final class MimeBody {

  /**
   * Mail programs nest four or five multiparts. Each level costs one more pass over its content.
   */
  private static final int MAX_DEPTH = 10;

  private final PartBudget budget = new PartBudget();
  private final Set<String> remarks = new LinkedHashSet<>();
  private final TextReader textReader = new TextReader(remarks);
  private final List<MimeReading.FilePart> files = new ArrayList<>();
  private final String text;
  private final boolean truncated;

  /** Reads the body of the message. */
  MimeBody(MimePart message) {
    List<BodyText> texts = read(message, 0);
    String joined = texts.stream().map(BodyText::text).collect(Collectors.joining("\n\n"));
    text = ReadableText.lines(joined, MimeReading.MAX_TEXT);
    truncated = joined.length() > MimeReading.MAX_TEXT || texts.stream().anyMatch(BodyText::cut);
  }

  String text() {
    return text;
  }

  boolean isTruncated() {
    return truncated;
  }

  List<MimeReading.FilePart> files() {
    return List.copyOf(files);
  }

  List<String> remarks() {
    return List.copyOf(remarks);
  }

  /** Reads a part with all parts inside it; returns the texts and adds the files. */
  private List<BodyText> read(MimePart part, int depth) {
    try {
      if (part.isMimeType("multipart/*")) {
        return readMultipart(part, depth);
      }
      PartHeader header = new PartHeader(part);
      if (header.isBodyText()) {
        return List.of(textReader.read(part, header));
      }
      files.add(new MimeReading.FilePart(header.fileName(files.size() + 1), header.type(), part));
      return List.of();
    } catch (MessagingException | IOException | RuntimeException e) {
      remarks.add("A part of this mail is malformed and not shown; see the original.");
      return depth == 0 ? List.of(textReader.readUndecoded(part)) : List.of();
    }
  }

  private List<BodyText> readMultipart(MimePart part, int depth)
      throws MessagingException, IOException {
    if (depth == MAX_DEPTH || !budget.admits(part)) {
      remarks.add("This mail has more parts than are shown; see the original.");
      return List.of();
    }
    // Not getContent(): it finds its content handlers by the context class loader.
    MimeMultipart multipart = new MimeMultipart(new MimePartDataSource(part));
    List<BodyText> texts = new ArrayList<>();
    for (int i = 0; i < multipart.getCount(); i++) {
      texts.addAll(read((MimePart) multipart.getBodyPart(i), depth + 1));
    }
    return part.isMimeType("multipart/alternative") ? preferred(texts) : texts;
  }

  /** Alternatives have the same content (RFC 2046, section 5.1.4). Plain text loses nothing. */
  private static List<BodyText> preferred(List<BodyText> alternatives) {
    List<BodyText> plain =
        alternatives.stream().filter(text -> !text.html() && !text.text().isBlank()).toList();
    return plain.isEmpty() ? alternatives : plain;
  }
}
