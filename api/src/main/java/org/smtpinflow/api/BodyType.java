// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.api;

/** The BODY parameter of MAIL (RFC 6152, section 3; RFC 3030, section 3). */
public enum BodyType {
  /** Lines of US-ASCII; the default if the client sends no BODY parameter. */
  SEVEN_BIT("7BIT"),
  /** Lines whose octets may have the high bit set. */
  EIGHT_BIT_MIME("8BITMIME"),
  /** Any octets, with no line structure; sent only with BDAT. */
  BINARY_MIME("BINARYMIME");

  private final String keyword;

  BodyType(String keyword) {
    this.keyword = keyword;
  }

  /** Returns the value as written in the command. */
  public String keyword() {
    return keyword;
  }
}
