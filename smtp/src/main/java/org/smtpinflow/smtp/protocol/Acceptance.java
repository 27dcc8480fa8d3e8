// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.protocol;

/**
 * What a receiver remembers of a recipient that it accepted, for instance who takes its mail. The
 * engine does not look into it. It keeps one for each recipient of a mail transaction and hands
 * them back with the message, so that the receiver can hold at the end of data what it decided at
 * RCPT. An implementation is immutable, and small: a session can hold one for each recipient.
 */
public interface Acceptance {

  /** For a receiver that has nothing to remember. */
  Acceptance NOTHING = new Acceptance() {};
}
