// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.content;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.UUID;
import org.smtpinflow.smtp.files.FilePermissions;

/**
 * A temporary file that nobody else can open and that is never left behind. Where possible, the JDK
 * removes its name as soon as it is open. Elsewhere the operating system removes it when it is
 * closed, however this process ends. Every method blocks.
 *
 * <p>The JDK closes a file channel if a thread that uses it is interrupted. An interrupt from
 * before a call is therefore put off until after the call. One during a call makes this and all
 * later calls fail.
 */
final class SpoolFile {

  /** For each thread that reads, the JDK keeps a direct buffer of the size of the largest read. */
  private static final int READ_MAX = 64 << 10;

  private static final Set<StandardOpenOption> OPTIONS =
      Set.of(
          StandardOpenOption.CREATE_NEW,
          StandardOpenOption.READ,
          StandardOpenOption.WRITE,
          StandardOpenOption.DELETE_ON_CLOSE);

  private final FileChannel channel;

  private SpoolFile(FileChannel channel) {
    this.channel = channel;
  }

  static SpoolFile create(Path directory) throws IOException {
    Path path = directory.resolve("smtp-inflow-" + UUID.randomUUID() + ".content");
    return uninterrupted(
        () -> new SpoolFile(FileChannel.open(path, OPTIONS, FilePermissions.ownerOnly(path))));
  }

  /** Writes the first {@code length} octets of an array at the end of the file. */
  void append(byte[] octets, int length) throws IOException {
    ByteBuffer source = ByteBuffer.wrap(octets, 0, length);
    while (source.hasRemaining()) {
      uninterrupted(() -> channel.write(source));
    }
  }

  /** Reads at a position; returns how many octets, or -1 at the end. */
  int read(long position, byte[] target, int offset, int length) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(target, offset, Math.min(length, READ_MAX));
    return uninterrupted(() -> channel.read(buffer, position));
  }

  void close() throws IOException {
    channel.close();
  }

  private static <T> T uninterrupted(Io<T> io) throws IOException {
    boolean interrupted = Thread.interrupted();
    try {
      return io.run();
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private interface Io<T> {
    T run() throws IOException;
  }
}
