// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.sample.helpdesk.outbox;

/** A mail that was not sent. The message is for people: it says why, in one line. */
class NotSentException extends Exception {

  private static final long serialVersionUID = 1L;

  private final boolean permanent;

  /**
   * Makes one.
   *
   * @param permanent whether trying again is of no use
   */
  NotSentException(String message, boolean permanent, Throwable cause) {
    super(message, cause);
    this.permanent = permanent;
  }

  boolean isPermanent() {
    return permanent;
  }
}
