// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.it;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** What the application server has logged since this was made. */
final class ServerLog {

  private final Path path;
  private final long start;

  private ServerLog(Path base) {
    path = base.resolve("log").resolve("server.log");
    start = path.toFile().length();
  }

  ServerLog() {
    this(Path.of(System.getProperty("it.wildflyHome"), "standalone"));
  }

  /** That of the server for the tests that need one of their own. */
  static ServerLog ofSecondServer() {
    return new ServerLog(TestEnvironment.DIRECTORY.resolve("second-wildfly"));
  }

  String text() {
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
      byte[] octets = new byte[(int) (file.length() - start)];
      file.seek(start);
      file.readFully(octets);
      return new String(octets, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
