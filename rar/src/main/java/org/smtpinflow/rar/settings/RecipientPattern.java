// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.rar.settings;

import java.text.Normalizer;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.smtpinflow.api.AddressSyntaxException;
import org.smtpinflow.api.Domain;
import org.smtpinflow.api.ForwardPath;
import org.smtpinflow.api.Mailbox;

/**
 * A pattern of recipients that a bean takes: one entry of the activation spec's {@code recipients}.
 *
 * <ul>
 *   <li>{@code support@example.com}: this mailbox
 *   <li>{@code support+*@example.com}: a star in the local part matches zero or more characters
 *   <li>{@code *@example.com}: every mailbox of a domain
 *   <li>{@code *@*.example.com}: every mailbox of its subdomains
 *   <li>{@code postmaster}: a local part without a domain matches at every local domain; this
 *       pattern also matches {@code <Postmaster>} (RFC 5321, section 4.5.1)
 *   <li>{@code *}: every recipient
 * </ul>
 *
 * <p>Case is ignored in both parts. An internationalized domain may be written in Unicode or as
 * A-labels.
 */
public final class RecipientPattern {

  private static final String ANY = "*";

  private final String text;
  private final Predicate<String> localPart;
  private final Scope scope;
  private final Predicate<Domain> named;

  /** Where a pattern applies. */
  private enum Scope {
    /** At any domain. */
    EVERYWHERE,
    /** At the domains that the pattern names. */
    NAMED,
    /** At the local domains. */
    LOCAL
  }

  private RecipientPattern(
      String text, Predicate<String> localPart, Scope scope, Predicate<Domain> named) {
    this.text = text;
    this.localPart = localPart;
    this.scope = scope;
    this.named = named;
  }

  /**
   * Parses one pattern.
   *
   * @throws AddressSyntaxException if the text is not a pattern
   */
  static RecipientPattern parse(String text) {
    int at = text.lastIndexOf('@');
    if (at >= 0) {
      Predicate<String> localPart = localPartMatcher(text.substring(0, at));
      String domain = text.substring(at + 1);
      return domain.equals(ANY)
          ? new RecipientPattern(text, localPart, Scope.EVERYWHERE, none -> false)
          : new RecipientPattern(text, localPart, Scope.NAMED, domainMatcher(domain));
    }
    Scope scope = text.equals(ANY) ? Scope.EVERYWHERE : Scope.LOCAL;
    return new RecipientPattern(text, localPartMatcher(text), scope, none -> false);
  }

  private static Predicate<Domain> domainMatcher(String pattern) {
    if (pattern.startsWith("*.")) {
      String suffix = "." + Domain.parse(pattern.substring(2)).ascii();
      return domain -> domain.ascii().endsWith(suffix);
    }
    return Domain.parse(pattern)::equals;
  }

  private static Predicate<String> localPartMatcher(String pattern) {
    // A star can match any characters of a mailbox, so only the text around it is checked.
    String plain = Mailbox.parse(pattern.replace('*', 'x') + "@x").localPart();
    String unquoted = pattern.startsWith("\"") ? unquote(pattern, plain) : pattern;
    StringBuilder regex = new StringBuilder();
    for (String literal : unquoted.split("\\*", -1)) {
      regex.append(regex.isEmpty() ? "" : ".*").append(Pattern.quote(fold(literal)));
    }
    return Pattern.compile(regex.toString(), Pattern.DOTALL).asMatchPredicate();
  }

  private static String unquote(String pattern, String plain) {
    if (pattern.indexOf('*') >= 0) {
      throw new AddressSyntaxException("a quoted local part cannot have a '*'");
    }
    return plain;
  }

  /** Folds case and normalizes, so that texts that look the same are equal. */
  private static String fold(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
  }

  /**
   * Returns whether the pattern matches a recipient.
   *
   * @param isLocal which domains are local, for a pattern without a domain
   */
  public boolean matches(ForwardPath path, Predicate<Domain> isLocal) {
    return path.mailbox()
            .map(mailbox -> matchesDomain(mailbox.domain(), isLocal))
            .orElse(takesNoDomain())
        && localPart.test(fold(path.localPart()));
  }

  private boolean matchesDomain(Domain domain, Predicate<Domain> isLocal) {
    return switch (scope) {
      case EVERYWHERE -> true;
      case NAMED -> named.test(domain);
      case LOCAL -> isLocal.test(domain);
    };
  }

  /** {@code <Postmaster>} has no domain: only {@code *} and patterns without a domain match it. */
  private boolean takesNoDomain() {
    return scope == Scope.LOCAL || text.equals(ANY);
  }

  /** Returns whether the pattern names a domain, which makes the domain local. */
  public boolean names(Domain domain) {
    return named.test(domain);
  }

  @Override
  public String toString() {
    return text;
  }
}
