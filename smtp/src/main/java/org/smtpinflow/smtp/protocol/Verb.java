// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.protocol;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** The verb of a command. */
enum Verb {
  EHLO,
  HELO,
  LHLO,
  STARTTLS,
  AUTH,
  MAIL,
  RCPT,
  DATA,
  BDAT,
  RSET,
  NOOP,
  QUIT,
  VRFY,
  HELP,
  /** Defined in RFC 5321, but not offered here. */
  NOT_OFFERED,
  /** The method of an HTTP request that an attacker made a browser send. */
  HTTP,
  UNKNOWN;

  /** The number of letters in the longest verb, STARTTLS. */
  static final int MAX_LENGTH = 8;

  /**
   * Returns the verb that a line begins with, whatever follows its letters. Verbs are
   * case-insensitive (RFC 5321, section 2.4).
   */
  static Verb at(byte[] line) {
    int length = lengthAt(line);
    return length > MAX_LENGTH
        ? UNKNOWN
        : of(new String(line, 0, length, StandardCharsets.US_ASCII).toUpperCase(Locale.ROOT));
  }

  /** Returns whether a command does not advance a mail transaction even if it is accepted. */
  boolean isJunk() {
    return switch (this) {
      case EHLO, HELO, LHLO, RSET, NOOP, VRFY, HELP -> true;
      default -> false;
    };
  }

  /** Returns how many letters a line begins with. */
  static int lengthAt(byte[] line) {
    int length = 0;
    while (length < line.length && isLetter(line[length])) {
      length++;
    }
    return length;
  }

  private static Verb of(String name) {
    return switch (name) {
      case "EHLO" -> EHLO;
      case "HELO" -> HELO;
      case "LHLO" -> LHLO;
      case "STARTTLS" -> STARTTLS;
      case "AUTH" -> AUTH;
      case "MAIL" -> MAIL;
      case "RCPT" -> RCPT;
      case "DATA" -> DATA;
      case "BDAT" -> BDAT;
      case "RSET" -> RSET;
      case "NOOP" -> NOOP;
      case "QUIT" -> QUIT;
      case "VRFY" -> VRFY;
      case "HELP" -> HELP;
      // EXPN would reveal the members of a list (RFC 5321, section 7.3).
      case "EXPN" -> NOT_OFFERED;
      case "GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH" -> HTTP;
      default -> UNKNOWN;
    };
  }

  private static boolean isLetter(byte octet) {
    return (octet >= 'A' && octet <= 'Z') || (octet >= 'a' && octet <= 'z');
  }
}
