// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.api;

import java.io.Serializable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An enhanced mail system status code, such as {@code 4.3.2} (RFC 3463, section 2).
 *
 * @param statusClass 2 for success, 4 for a transient failure, 5 for a permanent failure
 * @param subject the subject of the status, 0 to 999
 * @param detail the detail within the subject, 0 to 999
 */
public record EnhancedStatusCode(int statusClass, int subject, int detail) implements Serializable {

  private static final Pattern SYNTAX =
      Pattern.compile("([245])\\.(0|[1-9][0-9]{0,2})\\.(0|[1-9][0-9]{0,2})");

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if one of them is outside its range
   */
  public EnhancedStatusCode {
    if (statusClass != 2 && statusClass != 4 && statusClass != 5) {
      throw new IllegalArgumentException("status class " + statusClass + " is not 2, 4 or 5");
    }
    checkRange("subject", subject);
    checkRange("detail", detail);
  }

  /**
   * Parses the dotted form.
   *
   * @throws IllegalArgumentException if the text is not {@code class.subject.detail}
   */
  public static EnhancedStatusCode parse(String text) {
    Matcher matcher = SYNTAX.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "enhanced status code '" + text + "' is not of the form class.subject.detail (RFC 3463)");
    }
    return new EnhancedStatusCode(
        Integer.parseInt(matcher.group(1)),
        Integer.parseInt(matcher.group(2)),
        Integer.parseInt(matcher.group(3)));
  }

  private static void checkRange(String name, int value) {
    if (value < 0 || value > 999) {
      throw new IllegalArgumentException(
          "status " + name + " " + value + " is not between 0 and 999");
    }
  }

  /** Returns the dotted form. */
  @Override
  public String toString() {
    return statusClass + "." + subject + "." + detail;
  }
}
