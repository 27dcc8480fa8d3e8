// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.protocol;

import java.util.Optional;

/**
 * The encodings of parameters of MAIL and RCPT. All decoders return an empty result if a text is
 * malformed.
 */
final class Xtext {

  private static final int MAX_HEX_POINT_DIGITS = 6;

  private Xtext() {}

  /**
   * Decodes xtext (RFC 3461, section 4): printable ASCII, of which {@code +}, {@code =} and others
   * are written as {@code +} and two upper-case hexadecimal digits. The decoded text must also be
   * printable ASCII or space: addresses and ids are text.
   */
  static Optional<String> decode(String text) {
    StringBuilder decoded = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '+') {
        int octet = i + 2 < text.length() ? hex(text, i + 1, i + 3) : -1;
        if (octet < ' ' || octet > '~') {
          return Optional.empty();
        }
        decoded.append((char) octet);
        i += 2;
      } else if (c > ' ' && c <= '~' && c != '=') {
        decoded.append(c);
      } else {
        return Optional.empty();
      }
    }
    return Optional.of(decoded.toString());
  }

  /**
   * Decodes an address of type {@code utf-8} (RFC 6533, section 3): characters outside ASCII, and
   * {@code \}, {@code +} and {@code =}, are written as <code>\x{HEX}</code>.
   *
   * @param unicode whether characters outside ASCII may stand for themselves, which requires
   *     SMTPUTF8
   */
  static Optional<String> decodeUtf8Address(String text, boolean unicode) {
    StringBuilder decoded = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\') {
        int end = text.indexOf('}', i);
        int point = end > i + 3 && text.startsWith("\\x{", i) ? hexPoint(text, i + 3, end) : -1;
        if (point < 0) {
          return Optional.empty();
        }
        decoded.appendCodePoint(point);
        i = end;
      } else if ((c > ' ' && c <= '~' && c != '+' && c != '=') || (unicode && c > 0x9f)) {
        decoded.append(c);
      } else {
        return Optional.empty();
      }
    }
    return Optional.of(decoded.toString());
  }

  /**
   * Returns the code point; -1 if the number is not a code point or denotes a control character.
   */
  private static int hexPoint(String text, int from, int to) {
    int point = to - from <= MAX_HEX_POINT_DIGITS ? hex(text, from, to) : -1;
    boolean isText =
        Character.isValidCodePoint(point)
            && !Character.isISOControl(point)
            && Character.getType(point) != Character.SURROGATE;
    return isText ? point : -1;
  }

  private static int hex(String text, int from, int to) {
    int value = 0;
    for (int i = from; i < to; i++) {
      int digit = "0123456789ABCDEF".indexOf(text.charAt(i));
      if (digit < 0) {
        return -1;
      }
      value = value * 16 + digit;
    }
    return value;
  }
}
