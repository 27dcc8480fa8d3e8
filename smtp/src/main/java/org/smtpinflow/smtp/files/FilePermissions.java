// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * POSIX permissions of files. File systems without POSIX permissions are left to their defaults.
 */
public final class FilePermissions {

  private FilePermissions() {}

  /**
   * Returns whether users other than the owner and the members of the file's group can read a file.
   *
   * @return false if the file system has no POSIX permissions, or if they cannot be read
   */
  public static boolean othersCanRead(Path path) {
    try {
      return hasPosix(path)
          && Files.getPosixFilePermissions(path).contains(PosixFilePermission.OTHERS_READ);
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Returns the attributes for creating a file that only its owner can read and write.
   *
   * @param path the file, or any other path of the same file system
   * @return no attributes if the file system has no POSIX permissions
   */
  public static FileAttribute<?>[] ownerOnly(Path path) {
    return hasPosix(path)
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }

  private static boolean hasPosix(Path path) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix");
  }
}
