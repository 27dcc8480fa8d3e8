// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.api;

import java.util.Objects;
import java.util.Optional;

/**
 * The reverse-path of a message: the mailbox to report a failure to, or null ({@code <>}) for a
 * message whose failure must never be reported, such as a bounce (RFC 5321, sections 4.1.2 and
 * 4.5.5).
 *
 * @param mailbox the mailbox; empty for the null reverse-path
 */
public record ReversePath(Optional<Mailbox> mailbox) {

  /** The null reverse-path, {@code <>}. */
  public static final ReversePath NULL = new ReversePath(Optional.empty());

  /** The argument may not be null. */
  public ReversePath {
    Objects.requireNonNull(mailbox, "mailbox");
  }

  /** Makes the reverse-path of a mailbox. */
  public static ReversePath of(Mailbox mailbox) {
    return new ReversePath(Optional.of(mailbox));
  }

  /** Returns whether this is {@code <>}. */
  public boolean isNull() {
    return mailbox.isEmpty();
  }

  /** Returns the path as written in a MAIL command, in angle brackets. */
  @Override
  public String toString() {
    return "<" + mailbox.map(Mailbox::toString).orElse("") + ">";
  }
}
