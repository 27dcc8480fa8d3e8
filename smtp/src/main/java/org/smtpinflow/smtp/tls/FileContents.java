// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.tls;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The contents of files at one moment. The files are small, so reading them is the surest way to
 * detect a replacement, whether in place, by renaming or by changing a symbolic link.
 */
final class FileContents {

  private final Map<Path, byte[]> octets = new LinkedHashMap<>();
  private final Map<Path, IOException> failures = new LinkedHashMap<>();

  private FileContents() {}

  static FileContents read(Collection<Path> files) {
    FileContents contents = new FileContents();
    for (Path file : files) {
      try {
        contents.octets.put(file, Files.readAllBytes(file));
      } catch (IOException e) {
        contents.failures.put(file, e);
      }
    }
    return contents;
  }

  /**
   * Returns the contents of a file.
   *
   * @throws TlsConfigurationException if it could not be read
   */
  byte[] of(Path file) throws TlsConfigurationException {
    IOException failure = failures.get(file);
    if (failure != null) {
      throw new TlsConfigurationException(
          file, file + " cannot be read: " + reason(failure), failure);
    }
    return octets.get(file);
  }

  private static String reason(IOException failure) {
    if (failure instanceof NoSuchFileException) {
      return "there is no such file";
    }
    if (failure instanceof AccessDeniedException) {
      return "permission denied; let the user that runs the application server read it";
    }
    return failure.toString();
  }

  /** Returns a digest, which changes if a file changes. */
  String digest() {
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
    octets.forEach(
        (file, content) -> {
          digest.update((file + "\0" + content.length + "\0").getBytes(StandardCharsets.UTF_8));
          digest.update(content);
        });
    failures.forEach(
        (file, failure) -> digest.update((file + "\0" + failure).getBytes(StandardCharsets.UTF_8)));
    return HexFormat.of().formatHex(digest.digest());
  }
}
