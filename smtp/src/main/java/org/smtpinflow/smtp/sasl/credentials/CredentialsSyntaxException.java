// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.sasl.credentials;

import java.nio.file.Path;

/** Thrown when a line of a credentials file is not as it should be. */
final class CredentialsSyntaxException extends Exception {

  private static final long serialVersionUID = 1L;

  /**
   * Makes the exception.
   *
   * @param line the first is 1
   * @param why what is wrong, without anything of the line
   */
  CredentialsSyntaxException(Path path, int line, String why) {
    super("The credentials file " + path + ", line " + line + ": " + why);
  }
}
