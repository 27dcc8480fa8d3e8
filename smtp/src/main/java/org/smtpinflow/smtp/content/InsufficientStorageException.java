// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.content;

/** Thrown when content would exceed the store's budget. The sender should try again later. */
public final class InsufficientStorageException extends Exception {

  private static final long serialVersionUID = 1L;

  /** The message names the budget. */
  public InsufficientStorageException(String message) {
    super(message);
  }
}
