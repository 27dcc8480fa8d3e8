// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.api;

/**
 * Thrown when a text is not an address; the message says where and why, without the text itself.
 */
public final class AddressSyntaxException extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  /** Says what is wrong. */
  public AddressSyntaxException(String message) {
    super(message);
  }
}
