// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.api;

/**
 * Thrown by a {@link MailServer} whose resource adapter does not run: the adapter was stopped,
 * undeployed or redeployed after the object was looked up, or the object came from another process.
 */
public final class MailServerStoppedException extends IllegalStateException {

  private static final long serialVersionUID = 1L;

  /** Makes the exception with a message that says what does not run, and what to do. */
  public MailServerStoppedException(String message) {
    super(message);
  }
}
