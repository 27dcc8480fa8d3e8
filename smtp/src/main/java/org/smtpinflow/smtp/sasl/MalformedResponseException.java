// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.sasl;

/** Thrown when a client's response does not follow the syntax of its mechanism. */
final class MalformedResponseException extends Exception {

  private static final long serialVersionUID = 1L;

  /**
   * Makes the exception.
   *
   * @param why what is wrong, for the client; without anything that it sent
   */
  MalformedResponseException(String why) {
    // Without a stack trace: what a client sends must not cost more than it must.
    super(why, null, false, false);
  }

  SaslOutcome.Malformed outcome() {
    return new SaslOutcome.Malformed(getMessage());
  }
}
