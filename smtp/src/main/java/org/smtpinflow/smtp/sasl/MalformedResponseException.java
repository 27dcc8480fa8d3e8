// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.sasl;

/** Thrown when a client's response does not follow the syntax of its mechanism. */
public final class MalformedResponseException extends Exception {

  private static final long serialVersionUID = 1L;

  /**
   * Makes the exception.
   *
   * @param why what is wrong, for the client; quotes nothing that it sent
   */
  public MalformedResponseException(String why) {
    // Without a stack trace, which would make malformed responses expensive.
    super(why, null, false, false);
  }

  /** Returns the outcome of the exchange. */
  public SaslOutcome.Malformed outcome() {
    return new SaslOutcome.Malformed(getMessage());
  }
}
