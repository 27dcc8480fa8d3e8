// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.sasl.credentials;

import java.nio.file.Path;

/** Thrown if a line of a credentials file is invalid. */
final class CredentialsSyntaxException extends Exception {

  private static final long serialVersionUID = 1L;

  /**
   * Makes the exception.
   *
   * @param line the number of the line; the first is 1
   * @param why what is wrong; quotes nothing of the line
   */
  CredentialsSyntaxException(Path path, int line, String why) {
    super("The credentials file " + path + ", line " + line + ": " + why);
  }
}
