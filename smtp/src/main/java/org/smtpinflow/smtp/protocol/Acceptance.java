// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.protocol;

/**
 * The receiver's data about a recipient that it accepted, for instance which beans take its mail.
 * The engine does not interpret it. It keeps one for each recipient of a mail transaction and
 * returns them with the message, so that the receiver can keep its decision at RCPT at the end of
 * data. An implementation is immutable, and small: a session can hold one for each recipient.
 */
public interface Acceptance {

  /** For a receiver that has nothing to remember. */
  Acceptance NOTHING = new Acceptance() {};
}
