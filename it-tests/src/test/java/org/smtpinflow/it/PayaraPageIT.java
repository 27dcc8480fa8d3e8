// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What {@link PayaraAdministrationIT} carries out is what docs/payara.md shows. */
class PayaraPageIT {

  private static final Path PROJECT = Path.of(System.getProperty("it.project"));
  private static final Path FILES =
      PROJECT.resolve("it-tests/src/test/servers/payara/administration");

  /** The lines that are for the file alone: of a script, all comments. */
  private static final Pattern HEADER = Pattern.compile("\\A(#.*\\R)+");

  @Test
  void everyFileIsOnThePage() throws IOException {
    String page = Files.readString(PROJECT.resolve("docs/payara.md"));
    try (Stream<Path> files = Files.list(FILES)) {
      List<String> texts = files.map(PayaraPageIT::text).toList();
      assertThat(texts).hasSizeGreaterThan(5);
      assertThat(page).contains(texts);
    }
  }

  private static String text(Path file) {
    try {
      return HEADER.matcher(Files.readString(file)).replaceFirst("");
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
