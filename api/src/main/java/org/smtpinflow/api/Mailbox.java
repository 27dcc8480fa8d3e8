// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.api;

import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * A mailbox: local part, {@code @}, domain (RFC 5321, section 4.1.2; RFC 6531, section 3.3).
 *
 * <p>Two mailboxes are equal if their local parts and their domains are equal. Local parts are
 * compared case-sensitively, because only the receiving host may interpret them (RFC 5321, section
 * 2.4). Quoting makes no difference: {@code "a.b"@example.org} is {@code a.b@example.org}.
 *
 * @param localPart the local part with quotes and quoting backslashes removed; at most 64 octets in
 *     UTF-8 (RFC 5321, section 4.5.3.1.1)
 * @param domain the domain or address literal
 */
public record Mailbox(String localPart, Domain domain) {

  private static final int MAX_LOCAL_PART_OCTETS = 64;
  private static final String ATEXT_SPECIALS = "!#$%&'*+-/=?^_`{|}~";

  /**
   * Checks the local part.
   *
   * @throws AddressSyntaxException if the local part is too long or has a control character
   */
  public Mailbox {
    Objects.requireNonNull(localPart, "localPart");
    Objects.requireNonNull(domain, "domain");
    if (localPart.getBytes(StandardCharsets.UTF_8).length > MAX_LOCAL_PART_OCTETS) {
      throw new AddressSyntaxException(
          "local part is longer than " + MAX_LOCAL_PART_OCTETS + " octets");
    }
    int c;
    for (int i = 0; i < localPart.length(); i += Character.charCount(c)) {
      c = localPart.codePointAt(i);
      if (!isQtext(c)) {
        throw new AddressSyntaxException("local part has a character that cannot be quoted");
      }
    }
  }

  /**
   * Parses a mailbox as written in a path, without the angle brackets.
   *
   * @throws AddressSyntaxException if the text is not a mailbox
   */
  public static Mailbox parse(String text) {
    int at = text.startsWith("\"") ? endOfQuotedString(text) : text.indexOf('@');
    if (at < 0 || at >= text.length() || text.charAt(at) != '@') {
      throw new AddressSyntaxException("mailbox has no '@' after its local part");
    }
    String localPart = text.substring(0, at);
    Domain domain = Domain.parse(text.substring(at + 1));
    if (localPart.startsWith("\"")) {
      return new Mailbox(unquote(localPart), domain);
    }
    if (!isDotString(localPart)) {
      throw new AddressSyntaxException(
          "local part is empty, has a misplaced dot or a character that needs quoting");
    }
    return new Mailbox(localPart, domain);
  }

  /** Returns the mailbox as written in a command, with the local part quoted if necessary. */
  @Override
  public String toString() {
    return (isDotString(localPart) ? localPart : quote(localPart)) + "@" + domain;
  }

  /**
   * Returns whether this mailbox contains a character outside ASCII and so needs SMTPUTF8 (RFC
   * 6531).
   */
  public boolean needsSmtpUtf8() {
    return !Domain.isAscii(localPart) || !Domain.isAscii(domain.text());
  }

  /** Returns the index after the closing quote. */
  private static int endOfQuotedString(String text) {
    for (int i = 1; i < text.length(); i++) {
      if (text.charAt(i) == '\\') {
        i++;
      } else if (text.charAt(i) == '"') {
        return i + 1;
      }
    }
    throw new AddressSyntaxException("quoted local part has no closing quote");
  }

  private static String unquote(String quoted) {
    StringBuilder plain = new StringBuilder(quoted.length());
    for (int i = 1; i < quoted.length() - 1; i++) {
      if (quoted.charAt(i) == '\\') {
        i++;
        if (quoted.charAt(i) >= 0x7f) {
          // quoted-pairSMTP is only for ASCII (RFC 5321, section 4.1.2).
          throw new AddressSyntaxException("backslash quotes a character outside ASCII");
        }
      }
      plain.append(quoted.charAt(i));
    }
    return plain.toString();
  }

  private static String quote(String plain) {
    StringBuilder quoted = new StringBuilder(plain.length() + 8).append('"');
    for (int i = 0; i < plain.length(); i++) {
      char c = plain.charAt(i);
      if (c == '"' || c == '\\') {
        quoted.append('\\');
      }
      quoted.append(c);
    }
    return quoted.append('"').toString();
  }

  /** Returns whether the text is a Dot-string: atoms joined by single dots. */
  private static boolean isDotString(String text) {
    boolean afterAtom = false;
    int c;
    for (int i = 0; i < text.length(); i += Character.charCount(c)) {
      c = text.codePointAt(i);
      if (c == '.' ? !afterAtom : !isAtext(c)) {
        return false;
      }
      afterAtom = c != '.';
    }
    return afterAtom;
  }

  private static boolean isAtext(int c) {
    return c < 0x80
        ? (c >= 'a' && c <= 'z')
            || (c >= 'A' && c <= 'Z')
            || (c >= '0' && c <= '9')
            || ATEXT_SPECIALS.indexOf(c) >= 0
        : isUtf8NonAscii(c);
  }

  private static boolean isQtext(int c) {
    return c < 0x80 ? c >= ' ' && c <= '~' : isUtf8NonAscii(c);
  }

  /**
   * Lone surrogates cannot be encoded in UTF-8; C1 controls can, but have no use (RFC 6531, section
   * 3.3).
   */
  private static boolean isUtf8NonAscii(int c) {
    return c > 0x9f && Character.getType(c) != Character.SURROGATE;
  }
}
