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
import org.smtpinflow.smtp.files.FilePermissions;

/**
 * Edits a credentials file. The file is replaced atomically. If it has no decoy key, one is added.
 */
final class CredentialsEditor {

  private final Path path;

  /**
   * Makes an editor.
   *
   * @param path the file, which need not exist
   * @throws IOException if its directory does not exist
   */
  CredentialsEditor(Path path) throws IOException {
    // If this is a symbolic link, its target is replaced.
    Path directory = path.toAbsolutePath().getParent();
    this.path =
        Files.exists(path) ? path.toRealPath() : directory.toRealPath().resolve(path.getFileName());
  }

  CredentialsTable read() throws IOException, CredentialsSyntaxException {
    return Files.exists(path) ? CredentialsTable.read(path) : CredentialsTable.EMPTY;
  }

  /**
   * Adds a user, or replaces the user with the same name.
   *
   * @return whether the user was added
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
    write(old, lines);
    return replaced == null;
  }

  /**
   * Removes a user.
   *
   * @return whether there was a user with this name
   */
  boolean remove(String name) throws IOException, CredentialsSyntaxException {
    CredentialsTable old = read();
    CredentialsTable.Entry removed = old.users().get(name);
    if (removed == null) {
      return false;
    }
    List<String> lines = new ArrayList<>(old.lines());
    lines.remove(removed.line());
    write(old, lines);
    return true;
  }

  private void write(CredentialsTable old, List<String> lines) throws IOException {
    if (old.decoyKey().isEmpty()) {
      lines.addAll(0, DecoyKey.random().lines());
    }
    Path directory = path.getParent();
    Path written =
        Files.createTempFile(
            directory, "." + path.getFileName(), ".new", FilePermissions.ownerOnly(directory));
    try {
      String text = String.join("\n", lines) + "\n";
      try (FileChannel channel = FileChannel.open(written, StandardOpenOption.WRITE)) {
        ByteBuffer octets = StandardCharsets.UTF_8.encode(text);
        while (octets.hasRemaining()) {
          channel.write(octets);
        }
        channel.force(true); // before the rename: a crash must not leave an empty file
      }
      keepOwner(written);
      Files.move(written, path, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(written);
    }
  }

  // The server must still be able to read the file after an administrator has edited it.
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
