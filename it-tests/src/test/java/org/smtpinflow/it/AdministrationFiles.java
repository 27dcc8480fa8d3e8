// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The scripts and files that the page of the server under test shows to its administrators. */
final class AdministrationFiles {

  private static final Path DIRECTORY = TestEnvironment.SERVER_SCRIPTS.resolve("administration");

  private AdministrationFiles() {}

  /** Returns the names of all of them. */
  static List<String> names() {
    try (Stream<Path> files = Files.list(DIRECTORY)) {
      return files.map(file -> file.getFileName().toString()).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns where one is. */
  static Path path(String name) {
    return DIRECTORY.resolve(name);
  }

  /** Returns the text of one. */
  static String read(String name) {
    try {
      return Files.readString(path(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
