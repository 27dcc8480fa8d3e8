// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.protocol;

import org.smtpinflow.api.AddressSyntaxException;
import org.smtpinflow.api.Client.Identity;
import org.smtpinflow.api.Domain;
import org.smtpinflow.api.Mailbox;
import org.smtpinflow.api.ReversePath;

/** Decides whether a user may use a reverse-path (RFC 6409, section 6.1). */
final class SenderPolicy {

  private SenderPolicy() {}

  /**
   * Returns whether a client may send with this reverse-path: one that is its own, or the null
   * reverse-path, which a user's mail program needs for message disposition notifications (RFC
   * 8098, section 3). Case makes no difference, as in no server that has users.
   */
  static boolean isAllowed(ReversePath path, Identity identity, String serverName) {
    return path.mailbox().map(mailbox -> isOwn(mailbox, identity, serverName)).orElse(true);
  }

  private static boolean isOwn(Mailbox mailbox, Identity identity, String serverName) {
    try {
      Mailbox own =
          identity.name().indexOf('@') < 0
              ? new Mailbox(identity.name(), Domain.parse(serverName))
              : Mailbox.parse(identity.name());
      return mailbox.localPart().equalsIgnoreCase(own.localPart())
          && mailbox.domain().equals(own.domain());
    } catch (AddressSyntaxException e) {
      // The name of a user without a mailbox.
      return false;
    }
  }
}
