// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.sample.helpdesk;

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
 * Takes the body of a message apart: text for people on one side, files on the other.
 *
 * <p>A message may have been made to hurt, so its structure is bounded in depth and, by {@link
 * PartBudget}, in breadth. What is beyond the bounds stays in the original.
 */
final class MimeBody {

  /** Mail programs nest four or five multiparts; each level costs a pass over all that it holds. */
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

  /** Reads a part and all that is in it; returns the texts, and notes down the files. */
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
    // Not getContent(), which depends on the context class loader to find its content handlers.
    MimeMultipart multipart = new MimeMultipart(new MimePartDataSource(part));
    List<BodyText> texts = new ArrayList<>();
    for (int i = 0; i < multipart.getCount(); i++) {
      texts.addAll(read((MimePart) multipart.getBodyPart(i), depth + 1));
    }
    return part.isMimeType("multipart/alternative") ? preferred(texts) : texts;
  }

  /** The alternatives say the same: plain text needs no reduction (RFC 2046, section 5.1.4). */
  private static List<BodyText> preferred(List<BodyText> alternatives) {
    List<BodyText> plain =
        alternatives.stream().filter(text -> !text.html() && !text.text().isBlank()).toList();
    return plain.isEmpty() ? alternatives : plain;
  }
}
