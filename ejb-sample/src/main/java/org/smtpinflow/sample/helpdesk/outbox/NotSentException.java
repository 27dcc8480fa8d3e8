// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.sample.helpdesk.outbox;

/** A mail was not sent. The message of the exception is the reason, in one line for people. */
class NotSentException extends Exception {

  private static final long serialVersionUID = 1L;

  private final boolean permanent;

  /**
   * Makes an exception.
   *
   * @param permanent whether another attempt is useless
   */
  NotSentException(String message, boolean permanent, Throwable cause) {
    super(message, cause);
    this.permanent = permanent;
  }

  boolean isPermanent() {
    return permanent;
  }
}
