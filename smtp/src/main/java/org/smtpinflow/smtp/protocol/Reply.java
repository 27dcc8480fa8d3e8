// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.protocol;

import java.util.List;
import java.util.Optional;
import org.smtpinflow.api.EnhancedStatusCode;

/**
 * An SMTP reply (RFC 5321, section 4.2).
 *
 * @param code the reply code, 200 to 599
 * @param status the enhanced status code (RFC 2034), which every line carries; empty for the
 *     greeting, for the replies to HELO and EHLO, and for 3yz replies
 * @param lines the text, a line each; at least one
 */
public record Reply(int code, Optional<EnhancedStatusCode> status, List<String> lines) {

  /** Makes a reply with an enhanced status code; the text's line breaks begin new lines. */
  public static Reply of(int code, String status, String text) {
    return of(code, EnhancedStatusCode.parse(status), text);
  }

  /** Makes a reply with an enhanced status code; the text's line breaks begin new lines. */
  public static Reply of(int code, EnhancedStatusCode status, String text) {
    return new Reply(code, Optional.of(status), text.lines().toList());
  }

  /** Says whether this is a 2yz reply. */
  public boolean isPositive() {
    return code / 100 == 2;
  }
}
