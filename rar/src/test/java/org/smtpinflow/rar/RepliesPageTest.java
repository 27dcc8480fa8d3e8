// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.rar;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Holds docs/replies.md against the source code: each reply that is made there, with a reply code
 * that is a number, has a row, and each row has such a reply.
 */
class RepliesPageTest {

  private static final Path PAGE = Path.of("../docs/replies.md");
  private static final List<Path> SOURCES =
      List.of(Path.of("../smtp/src/main"), Path.of("src/main"));

  private static final Pattern ROW =
      Pattern.compile("\\| (\\d{3}) \\| (-|[\\d.]+) \\| ([^|]+) \\| [^|]*\\| RFC [^|]+ \\|");

  /** Calls that make a reply, up to their semicolon; a text may have none. */
  private static final Pattern MADE =
      Pattern.compile(
          "(?:Reply\\.of|new Reply)\\(\\s*(\\d{3}),\\s*(?:\"([\\d.]+)\"|Optional\\.empty\\(\\)),"
              + "((?:[^\";:]|\"[^\"]*\")*?)\\)\\s*[;:]");

  private static final Pattern OUT_OF_SEQUENCE = Pattern.compile("outOfSequence\\((\"[^;]*)\\);");
  private static final Pattern REFUSAL =
      Pattern.compile("refuse\\(\\s*connection, client, listener, \"([\\d.]+)\", (\"[^;]*)\\);");

  private static final Pattern LITERAL = Pattern.compile("\"([^\"]*)\"");

  /** A reply; in its text "…" stands for what is known only when it is made. */
  private record Reply(String code, String status, String text) {}

  @Test
  void thePageHasEveryReplyThatTheCodeHas() throws Exception {
    List<Reply> made = new ArrayList<>();
    for (Path directory : SOURCES) {
      try (Stream<Path> files = Files.walk(directory)) {
        files.filter(f -> f.toString().endsWith(".java")).forEach(f -> addReplies(f, made));
      }
    }
    List<Reply> documented =
        ROW.matcher(Files.readString(PAGE))
            .results()
            .map(row -> new Reply(row.group(1), row.group(2), row.group(3)))
            .toList();
    assertThat(documented).doesNotHaveDuplicates().hasSizeGreaterThan(40);
    assertThat(documented).containsExactlyInAnyOrderElementsOf(made.stream().distinct().toList());
  }

  @Test
  void everyRowIsRead() throws Exception {
    String page = Files.readString(PAGE);
    assertThat(page.lines().filter(line -> line.matches("\\| \\d.*")))
        .allMatch(line -> ROW.matcher(line).matches());
  }

  private static void addReplies(Path file, List<Reply> replies) {
    String code;
    try {
      code = Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    MADE.matcher(code)
        .results()
        // The reply of outOfSequence has its texts elsewhere.
        .filter(made -> !made.group(1).equals("503"))
        .forEach(
            made -> {
              String status = made.group(2) == null ? "-" : made.group(2);
              replies.add(new Reply(made.group(1), status, text(made.group(3))));
            });
    OUT_OF_SEQUENCE
        .matcher(code)
        .results()
        .forEach(made -> replies.add(new Reply("503", "5.5.1", text(made.group(1)))));
    REFUSAL
        .matcher(code)
        .results()
        .forEach(made -> replies.add(new Reply("421", made.group(1), "… " + text(made.group(2)))));
  }

  /** Makes the text of an expression: its literals, and "…" for what is between and around them. */
  private static String text(String expression) {
    String inner = expression.strip().replaceFirst("^List\\.of\\((.*)\\)$", "$1");
    StringBuilder text = new StringBuilder();
    int end = 0;
    for (MatchResult literal : LITERAL.matcher(inner).results().toList()) {
      addUnknown(inner.substring(end, literal.start()), text);
      text.append(literal.group(1));
      end = literal.end();
    }
    addUnknown(inner.substring(end), text);
    return text.toString();
  }

  private static void addUnknown(String expression, StringBuilder text) {
    if (!expression.replace("+", "").isBlank()) {
      text.append("…");
    }
  }
}
