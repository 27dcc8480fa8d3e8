// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.api;

import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * One recipient of a message, from one RCPT command.
 *
 * @param path the forward-path
 * @param notifyOn the NOTIFY parameter (RFC 3461, section 4.1): empty if it was absent, or else
 *     either {@link DsnNotify#NEVER} alone or any of the others
 * @param originalRecipient the ORCPT parameter (RFC 3461, section 4.2)
 */
public record Recipient(
    ForwardPath path, Set<DsnNotify> notifyOn, Optional<OriginalRecipient> originalRecipient) {

  /** Copies the set; no argument may be null. */
  public Recipient {
    Objects.requireNonNull(path, "path");
    notifyOn = Set.copyOf(notifyOn);
    Objects.requireNonNull(originalRecipient, "originalRecipient");
  }

  /** Makes a recipient without DSN parameters. */
  public static Recipient of(ForwardPath path) {
    return new Recipient(path, Set.of(), Optional.empty());
  }
}
