// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.sasl.credentials;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileOwnerAttributeView;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.smtpinflow.smtp.files.FilePermissions;

/** Changes a credentials file, which at each moment is the old one or the new one, whole. */
final class CredentialsEditor {

  private final Path path;

  /**
   * Names a file, which need not exist.
   *
   * @throws IOException if its directory does not exist
   */
  CredentialsEditor(Path path) throws IOException {
    // Behind a symbolic link it is the file that is replaced, and not the link.
    Path directory = path.toAbsolutePath().getParent();
    this.path =
        Files.exists(path) ? path.toRealPath() : directory.toRealPath().resolve(path.getFileName());
  }

  CredentialsTable read() throws IOException, CredentialsSyntaxException {
    return Files.exists(path)
        ? CredentialsTable.read(path)
        : new CredentialsTable(List.of(), Map.of(), List.of());
  }

  /**
   * Adds a user, or replaces the one of its name.
   *
   * @return whether there was none of its name
   */
  boolean put(CredentialsTable.Entry entry) throws IOException, CredentialsSyntaxException {
    CredentialsTable old = read();
    List<String> lines = new ArrayList<>(old.lines());
    CredentialsTable.Entry replaced = old.users().get(entry.identity().name());
    if (replaced == null) {
      lines.add(entry.format());
    } else {
      lines.set(replaced.line(), entry.format());
    }
    write(lines);
    return replaced == null;
  }

  /**
   * Removes a user.
   *
   * @return whether there was one of this name
   */
  boolean remove(String name) throws IOException, CredentialsSyntaxException {
    CredentialsTable old = read();
    CredentialsTable.Entry removed = old.users().get(name);
    if (removed == null) {
      return false;
    }
    List<String> lines = new ArrayList<>(old.lines());
    lines.remove(removed.line());
    write(lines);
    return true;
  }

  private void write(List<String> lines) throws IOException {
    Path directory = path.getParent();
    Path written =
        Files.createTempFile(
            directory, "." + path.getFileName(), ".new", FilePermissions.ownerOnly(directory));
    try {
      String text = lines.isEmpty() ? "" : String.join("\n", lines) + "\n";
      try (FileChannel channel = FileChannel.open(written, StandardOpenOption.WRITE)) {
        ByteBuffer octets = StandardCharsets.UTF_8.encode(text);
        while (octets.hasRemaining()) {
          channel.write(octets);
        }
        channel.force(true); // before the rename, so that no crash leaves an empty file
      }
      keepOwner(written);
      Files.move(written, path, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(written);
    }
  }

  // The server must still be able to read it after an administrator has changed it.
  private void keepOwner(Path written) throws IOException {
    if (!Files.exists(path)
        || Files.getFileAttributeView(path, FileOwnerAttributeView.class) == null) {
      return;
    }
    UserPrincipal owner = Files.getOwner(path);
    if (!owner.equals(Files.getOwner(written))) {
      Files.setOwner(written, owner);
    }
  }
}
