// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.api;

/**
 * Thrown when a text is not an address. The message names the invalid part and the reason, but does
 * not quote the text.
 */
public final class AddressSyntaxException extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  /** Makes the exception with a message that says what is wrong. */
  public AddressSyntaxException(String message) {
    super(message);
  }
}
