// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.api;

import java.util.Locale;
import java.util.Objects;

/**
 * The ORCPT parameter of RCPT: the recipient as the original sender named it (RFC 3461, section
 * 4.2; RFC 6533, section 3).
 *
 * @param addressType the type of the address, such as {@code rfc822} or {@code utf-8}, in lower
 *     case
 * @param address the address, decoded
 */
public record OriginalRecipient(String addressType, String address) {

  /** Converts the type to lower case; no argument may be null. */
  public OriginalRecipient {
    addressType = addressType.toLowerCase(Locale.ROOT);
    Objects.requireNonNull(address, "address");
  }
}
