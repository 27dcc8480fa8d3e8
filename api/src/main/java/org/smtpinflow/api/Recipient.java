// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.api;

import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * One recipient of a message, from one RCPT command.
 *
 * @param path the forward-path
 * @param notifyOn the NOTIFY parameter (RFC 3461, section 4.1): empty if it was absent, otherwise
 *     only {@link DsnNotify#NEVER}, or any of the others
 * @param originalRecipient the ORCPT parameter (RFC 3461, section 4.2)
 */
public record Recipient(
    ForwardPath path, Set<DsnNotify> notifyOn, Optional<OriginalRecipient> originalRecipient) {

  /**
   * Copies the set; no argument may be null.
   *
   * @throws IllegalArgumentException if the set contains {@link DsnNotify#NEVER} and another value
   */
  public Recipient {
    Objects.requireNonNull(path, "path");
    notifyOn = Set.copyOf(notifyOn);
    if (notifyOn.contains(DsnNotify.NEVER) && notifyOn.size() > 1) {
      throw new IllegalArgumentException(
          "notifyOn " + notifyOn + " has NEVER beside others (RFC 3461, section 4.1)");
    }
    Objects.requireNonNull(originalRecipient, "originalRecipient");
  }

  /** Makes a recipient without DSN parameters. */
  public static Recipient of(ForwardPath path) {
    return new Recipient(path, Set.of(), Optional.empty());
  }
}
