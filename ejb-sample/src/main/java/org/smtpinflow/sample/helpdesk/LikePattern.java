// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.sample.helpdesk;

/** Makes patterns for {@code like} that find a text literally, whatever characters it has. */
final class LikePattern {

  private LikePattern() {}

  /**
   * Returns a pattern that matches whatever contains the text; for {@code escape '!'}, because the
   * backslash means something by itself to some databases.
   */
  static String containing(String text) {
    return "%" + text.replaceAll("[!%_]", "!$0") + "%";
  }
}
