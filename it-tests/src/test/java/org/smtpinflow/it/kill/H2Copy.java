// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.it.kill;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Copies an H2 database that a dead server left. To open it is to repair it, and to close it is to
 * compact it; the server has to find the file as it was left.
 */
final class H2Copy {

  private static final String SUFFIX = ".mv.db";

  private H2Copy() {}

  /**
   * Copies a database.
   *
   * @param database its file, without the suffix
   * @param options what the server's URL has after the file: {@code ;NAME=VALUE}
   * @return the JDBC URL of the copy
   */
  static String of(Path database, String options) throws IOException {
    Path copy = database.resolveSibling("copy");
    Files.copy(file(database), file(copy), StandardCopyOption.REPLACE_EXISTING);
    return "jdbc:h2:file:" + copy + options;
  }

  private static Path file(Path database) {
    return database.resolveSibling(database.getFileName() + SUFFIX);
  }
}
