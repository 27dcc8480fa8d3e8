// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.it.admin;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.smtpinflow.it.container.Archives;
import org.smtpinflow.it.environment.OsProgram;
import org.smtpinflow.it.environment.TestEnvironment;

/** The scripts and files that the page of the server under test shows to its administrators. */
public final class AdministrationFiles {

  private static final Path OWN = TestEnvironment.SERVER_SCRIPTS.resolve("administration");

  /** What is the same on the pages of all servers. */
  private static final Path SHARED =
      TestEnvironment.SERVER_SCRIPTS.resolveSibling("administration");

  private AdministrationFiles() {}

  /** Returns all of them. */
  public static List<Path> all() {
    return Stream.of(OWN, SHARED).flatMap(AdministrationFiles::list).toList();
  }

  private static Stream<Path> list(Path directory) {
    try (Stream<Path> files = Files.list(directory)) {
      return files.toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns where one is. */
  public static Path path(String name) {
    Path own = OWN.resolve(name);
    return Files.exists(own) ? own : SHARED.resolve(name);
  }

  /** Returns the text of one. */
  public static String read(String name) {
    return text(path(name));
  }

  /** Returns the text of a file. */
  public static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Makes a new directory with the unpacked server, the adapter and some more files. */
  static void layOut(Path directory, Path... files) throws IOException {
    OsProgram.run("rm", "-rf", directory.toString());
    Files.createDirectories(directory);
    Path server = TestEnvironment.SERVER_HOME;
    Files.createSymbolicLink(directory.resolve(server.getFileName()), server);
    Files.copy(Archives.DIRECTORY.resolve(Archives.ADAPTER), directory.resolve(Archives.ADAPTER));
    for (Path file : files) {
      Files.copy(file, directory.resolve(file.getFileName()));
    }
  }
}
