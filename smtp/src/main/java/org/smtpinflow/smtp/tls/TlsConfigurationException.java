// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.tls;

import java.io.IOException;

/**
 * Thrown when a certificate, a key or a trust file cannot be used. The message is for the
 * administrator: it names the file, and says what is wrong and what to do.
 */
public class TlsConfigurationException extends IOException {

  private static final long serialVersionUID = 1L;

  /** Makes the exception. */
  public TlsConfigurationException(String message) {
    super(message);
  }

  /** Makes the exception. */
  public TlsConfigurationException(String message, Throwable cause) {
    super(message, cause);
  }
}
