// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.sample.helpdesk.mime;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Recognizes mail that a program wrote without a person: vacation notices, delivery reports, lists.
 * RFC 3834, section 5, defines one header field; programs older than that have fields of their own.
 */
final class AutomaticMail {

  /** What vacation programs and list servers write into Precedence; it was never standardized. */
  private static final Set<String> PRECEDENCES = Set.of("bulk", "junk", "list", "auto_reply");

  private AutomaticMail() {}

  /**
   * Returns the sign that a program wrote a message.
   *
   * @param field returns the value of a header field by its name; empty if there is none
   * @return words such as "its Auto-Submitted field"; empty if there is no sign
   */
  static String sign(UnaryOperator<String> field) {
    return Stream.of(
            sign("Auto-Submitted", isWordBut(field, "Auto-Submitted", "no")),
            sign("Precedence", PRECEDENCES.contains(word(field.apply("Precedence")))),
            sign("X-Autoreply", isWordBut(field, "X-Autoreply", "no")),
            sign("X-Autorespond", !field.apply("X-Autorespond").isBlank()),
            sign("Content-Type", isReport(field.apply("Content-Type"))))
        .flatMap(Optional::stream)
        .findFirst()
        .orElse("");
  }

  private static Optional<String> sign(String name, boolean found) {
    return found ? Optional.of("its " + name + " field") : Optional.empty();
  }

  private static boolean isWordBut(UnaryOperator<String> field, String name, String word) {
    String value = field.apply(name);
    return !value.isBlank() && !word(value).equals(word);
  }

  /** A notification about delivery or display (RFC 6522), which a mail program sends by itself. */
  private static boolean isReport(String contentType) {
    return word(contentType).equals("multipart/report");
  }

  /** Returns the first word, whatever parameters or comments follow it. */
  private static String word(String value) {
    return value.strip().split("[;,(\\s]", 2)[0].toLowerCase(Locale.ROOT);
  }
}
