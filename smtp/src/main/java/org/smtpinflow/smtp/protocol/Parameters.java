// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.protocol;

import static org.smtpinflow.smtp.protocol.CommandRefusedException.refuse;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The parameters of a MAIL or RCPT command (RFC 5321, section 4.1.2). */
final class Parameters {

  /**
   * A parameter.
   *
   * @param keyword its name, in upper case
   * @param value its value; empty if it has none
   */
  record Parameter(String keyword, Optional<String> value) {

    /** Returns the value of a parameter that must have one. */
    String requiredValue() throws CommandRefusedException {
      return value.orElseThrow(() -> refuse(keyword + " needs a value"));
    }

    /** Returns true, for a parameter that must not have a value. */
    boolean requireNoValue() throws CommandRefusedException {
      if (value.isPresent()) {
        throw refuse(keyword + " takes no value");
      }
      return true;
    }
  }

  private Parameters() {}

  /**
   * Parses parameters separated by spaces.
   *
   * @throws CommandRefusedException if one is malformed or appears twice
   */
  static List<Parameter> parse(String text) throws CommandRefusedException {
    List<Parameter> parameters = new ArrayList<>();
    // A line can have over a thousand parameters, so duplicates are found by look-up.
    Set<String> keywords = new HashSet<>();
    int at = 0;
    while (at < text.length()) {
      int end = text.indexOf(' ', at);
      end = end < 0 ? text.length() : end;
      if (end > at) {
        Parameter parameter = parseOne(text.substring(at, end));
        if (!keywords.add(parameter.keyword())) {
          throw refuse("Parameter " + parameter.keyword() + " is there twice");
        }
        parameters.add(parameter);
      }
      at = end + 1;
    }
    return parameters;
  }

  private static Parameter parseOne(String text) throws CommandRefusedException {
    int equals = text.indexOf('=');
    String keyword = equals < 0 ? text : text.substring(0, equals);
    if (!isKeyword(keyword)) {
      throw refuse("Parameters must be of the form keyword or keyword=value");
    }
    Optional<String> value =
        equals < 0 ? Optional.empty() : Optional.of(text.substring(equals + 1));
    if (value.isPresent() && (value.get().isEmpty() || value.get().indexOf('=') >= 0)) {
      throw refuse("The value of " + keyword + " is empty or has a '=' in it");
    }
    return new Parameter(keyword.toUpperCase(Locale.ROOT), value);
  }

  private static boolean isKeyword(String text) {
    return !text.isEmpty()
        && text.charAt(0) != '-'
        && text.chars().allMatch(c -> c == '-' || isAsciiLetterOrDigit(c));
  }

  private static boolean isAsciiLetterOrDigit(int c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  }
}
