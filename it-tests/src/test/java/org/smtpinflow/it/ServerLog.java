// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.it;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** What the application server has logged since this was made. */
final class ServerLog {

  private static final Path FILE =
      Path.of(System.getProperty("it.wildflyHome"), "standalone", "log", "server.log");

  private final long start = FILE.toFile().length();

  String text() {
    try (RandomAccessFile file = new RandomAccessFile(FILE.toFile(), "r")) {
      byte[] octets = new byte[(int) (file.length() - start)];
      file.seek(start);
      file.readFully(octets);
      return new String(octets, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
