// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.api;

import java.util.Objects;
import java.util.Optional;

/**
 * The forward-path of a recipient: a mailbox, or {@code <Postmaster>} without a domain (RFC 5321,
 * sections 4.1.1.3 and 4.5.1). A source route is dropped when the command is parsed (section 3.6.1
 * and appendix C of the RFC).
 *
 * @param mailbox the mailbox; empty for {@code <Postmaster>}
 */
public record ForwardPath(Optional<Mailbox> mailbox) {

  /** {@code <Postmaster>}, the one recipient that needs no domain. */
  public static final ForwardPath POSTMASTER = new ForwardPath(Optional.empty());

  /** The argument may not be null. */
  public ForwardPath {
    Objects.requireNonNull(mailbox, "mailbox");
  }

  /** Makes the forward-path of a mailbox. */
  public static ForwardPath of(Mailbox mailbox) {
    return new ForwardPath(Optional.of(mailbox));
  }

  /** Returns the local part, unquoted; {@code postmaster} if there is no mailbox. */
  public String localPart() {
    return mailbox.map(Mailbox::localPart).orElse("postmaster");
  }

  /** Returns the path as written in a RCPT command, in angle brackets. */
  @Override
  public String toString() {
    return "<" + mailbox.map(Mailbox::toString).orElse("Postmaster") + ">";
  }
}
