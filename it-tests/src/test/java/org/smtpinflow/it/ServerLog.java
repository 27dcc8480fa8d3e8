// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.it;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** What the application server has logged since this was made. */
final class ServerLog {

  private final Path file;
  private final long start;

  private ServerLog(Path file) {
    this.file = file;
    start = file.toFile().length();
  }

  ServerLog() {
    this(Server.underTest().log());
  }

  /** That of the server for the tests that need one of their own. */
  static ServerLog ofSecondServer() {
    return new ServerLog(Server.underTest().logOfSecond());
  }

  String text() {
    try (RandomAccessFile reader = new RandomAccessFile(file.toFile(), "r")) {
      byte[] octets = new byte[(int) (reader.length() - start)];
      reader.seek(start);
      reader.readFully(octets);
      return new String(octets, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
