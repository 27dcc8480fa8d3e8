// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.sample.helpdesk;

/** Makes patterns for {@code like} that find a text literally, whatever its characters. */
final class LikePattern {

  private LikePattern() {}

  /**
   * Returns a pattern that matches each value that contains the text, for {@code escape '!'}. The
   * backslash has a meaning of its own in some databases.
   */
  static String containing(String text) {
    return "%" + text.replaceAll("[!%_]", "!$0") + "%";
  }
}
