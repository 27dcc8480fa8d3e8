// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.protocol;

import java.util.ArrayList;
import java.util.List;
import org.smtpinflow.smtp.protocol.SessionConfig.Limits;

/** What the server says it can do in reply to EHLO (RFC 5321, section 4.1.1.1). */
final class Extensions {

  /** RFC 9422, section 4: a limit has at most six digits. */
  private static final int MAX_LIMIT = 999_999;

  private Extensions() {}

  static List<String> of(Limits limits) {
    List<String> lines = new ArrayList<>();
    lines.add("PIPELINING");
    lines.add("SIZE " + limits.messageSize());
    lines.add("8BITMIME");
    lines.add("ENHANCEDSTATUSCODES");
    lines.add("SMTPUTF8");
    lines.add("CHUNKING");
    lines.add("BINARYMIME");
    lines.add("DSN");
    String announced =
        limit("MAILMAX", limits.transactions()) + limit("RCPTMAX", limits.recipients());
    if (!announced.isEmpty()) {
      lines.add("LIMITS" + announced);
    }
    lines.add("HELP");
    return lines;
  }

  /** A limit too large for six digits is not announced. */
  private static String limit(String name, int value) {
    return value <= MAX_LIMIT ? " " + name + "=" + value : "";
  }
}
