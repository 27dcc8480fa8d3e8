// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.sasl;

/** Thrown when credentials cannot be checked now. The client may try again later. */
public class AuthenticationUnavailableException extends Exception {

  private static final long serialVersionUID = 1L;

  /**
   * Makes the exception.
   *
   * @param message for the log; contains no credentials
   */
  public AuthenticationUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
