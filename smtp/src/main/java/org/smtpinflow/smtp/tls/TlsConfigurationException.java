// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.tls;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Thrown if a certificate, a key or a trust file cannot be used. The message is for the
 * administrator. It names the file, what is wrong, and what to do.
 */
public class TlsConfigurationException extends IOException {

  private static final long serialVersionUID = 1L;

  private final String file;

  /** Makes the exception for an error that concerns no file. */
  TlsConfigurationException(String message, Throwable cause) {
    super(message, cause);
    this.file = "";
  }

  /**
   * Makes the exception.
   *
   * @param file the file that cannot be used
   * @param message the message, which names the file
   */
  TlsConfigurationException(Path file, String message) {
    super(message);
    this.file = file.toString();
  }

  /**
   * Makes the exception.
   *
   * @param file the file that cannot be used
   * @param message the message, which names the file
   */
  TlsConfigurationException(Path file, String message, Throwable cause) {
    super(message, cause);
    this.file = file.toString();
  }

  /** Returns the file that cannot be used, as configured; empty if the error concerns no file. */
  public Optional<Path> file() {
    return file.isEmpty() ? Optional.empty() : Optional.of(Path.of(file));
  }
}
