// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.sasl;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;

/** Who may read a file, on file systems that know. */
final class FilePermissions {

  private FilePermissions() {}

  /** Says whether users other than the owner and its group can read the file. */
  static boolean othersCanRead(Path path) {
    try {
      return hasPosix(path)
          && Files.getPosixFilePermissions(path).contains(PosixFilePermission.OTHERS_READ);
    } catch (IOException e) {
      return false;
    }
  }

  /** Returns what to make a file with that its owner alone may read and write. */
  static FileAttribute<?>[] ownerOnly(Path directory) {
    return hasPosix(directory)
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }

  private static boolean hasPosix(Path path) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix");
  }
}
