// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.sasl;

/** Thrown when nobody can tell now whether credentials are right. */
public class AuthenticationUnavailableException extends Exception {

  private static final long serialVersionUID = 1L;

  /**
   * Makes the exception.
   *
   * @param message for the log; without credentials
   */
  public AuthenticationUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
