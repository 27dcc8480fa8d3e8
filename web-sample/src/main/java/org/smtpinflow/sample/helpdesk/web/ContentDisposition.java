// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.sample.helpdesk.web;

import java.nio.charset.StandardCharsets;

/** The {@code Content-Disposition} field of a download (RFC 6266). */
final class ContentDisposition {

  private static final int MAX_NAME = 150;

  /** attr-char of RFC 8187, section 3.2.1, except letters and digits. */
  private static final String ATTR_SPECIALS = "!#$&+-.^_`|~";

  private ContentDisposition() {}

  /**
   * Returns the value with which a browser saves the body under a name.
   *
   * @param fileName any text; characters that are unsafe in a file name are replaced
   */
  static String attachment(String fileName) {
    String name = safe(fileName);
    return "attachment; filename=\"" + ascii(name) + "\"; filename*=UTF-8''" + encoded(name);
  }

  /**
   * Replaces characters that could leave the directory, hide the file, have a meaning in a shell or
   * a file system, or misrepresent the name (RFC 6266, section 4.3).
   */
  private static String safe(String fileName) {
    String name =
        fileName
            .replaceAll("[\\\\/:*?\"<>|%;]", "_")
            .replaceAll("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Co}\\p{Zl}\\p{Zp}]", "_")
            .replaceAll("^[.\\s]+|[.\\s]+$", "");
    return name.isEmpty() ? "attachment" : shortened(name);
  }

  /** Cuts in the middle, because the extension decides how the file is opened. */
  private static String shortened(String name) {
    int[] characters = name.codePoints().toArray();
    if (characters.length <= MAX_NAME) {
      return name;
    }
    int half = MAX_NAME / 2;
    return new String(characters, 0, half) + new String(characters, characters.length - half, half);
  }

  /** For clients that do not know RFC 8187. */
  private static String ascii(String name) {
    return name.replaceAll("[^ -~]", "_");
  }

  private static String encoded(String name) {
    StringBuilder encoded = new StringBuilder();
    for (byte octet : name.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) Byte.toUnsignedInt(octet);
      if (isAttrChar(c)) {
        encoded.append(c);
      } else {
        encoded.append(String.format("%%%02X", (int) c));
      }
    }
    return encoded.toString();
  }

  private static boolean isAttrChar(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || ATTR_SPECIALS.indexOf(c) >= 0;
  }
}
