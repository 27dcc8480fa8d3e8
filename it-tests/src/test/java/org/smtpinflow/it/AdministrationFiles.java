// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The scripts and files that the page of the server under test shows to its administrators. */
final class AdministrationFiles {

  private static final Path DIRECTORY = TestEnvironment.SERVER_SCRIPTS.resolve("administration");

  private AdministrationFiles() {}

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
