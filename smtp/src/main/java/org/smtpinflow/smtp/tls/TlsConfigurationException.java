// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.tls;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Thrown when a certificate, a key or a trust file cannot be used. The message is for the
 * administrator: it names the file, and says what is wrong and what to do.
 */
public class TlsConfigurationException extends IOException {

  private static final long serialVersionUID = 1L;

  private final String file;

  /** Makes the exception for what has to do with no file. */
  TlsConfigurationException(String message, Throwable cause) {
    super(message, cause);
    this.file = "";
  }

  /**
   * Makes the exception.
   *
   * @param file the file that cannot be used
   * @param message a text that names it
   */
  TlsConfigurationException(Path file, String message) {
    super(message);
    this.file = file.toString();
  }

  /**
   * Makes the exception.
   *
   * @param file the file that cannot be used
   * @param message a text that names it
   */
  TlsConfigurationException(Path file, String message, Throwable cause) {
    super(message, cause);
    this.file = file.toString();
  }

  /** Returns the file that cannot be used, as it was configured; empty if it is none of them. */
  public Optional<Path> file() {
    return file.isEmpty() ? Optional.empty() : Optional.of(Path.of(file));
  }
}
