// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.rar.inflow;

import java.util.List;
import org.smtpinflow.smtp.protocol.Acceptance;

/**
 * What the adapter remembers of an accepted recipient: the beans that took it. At the end of data
 * the message goes to these beans, or to nobody.
 *
 * @param beans the activations that took the recipient at RCPT, at least one
 */
record Taken(List<MailEndpoint> beans) implements Acceptance {

  /** Copies the list. */
  Taken {
    beans = List.copyOf(beans);
  }
}
