// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.api;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The grammar of RFC 5321, sections 4.1.2 and 4.1.3, rule by rule under the RFC's names, for
 * comparison with the parsers. Lengths are not part of it, and {@code ::} may stand for a single
 * group as in RFC 4291.
 */
final class Rfc5321Grammar {

  private static final String LET_DIG = "[A-Za-z0-9]";
  private static final String LDH_STR = "[A-Za-z0-9-]*" + LET_DIG;
  private static final String SUB_DOMAIN = LET_DIG + "(?:" + LDH_STR + ")?";
  private static final String DOMAIN = SUB_DOMAIN + "(?:\\." + SUB_DOMAIN + ")*";

  private static final String SNUM = "(?:[01][0-9]{2}|2[0-4][0-9]|25[0-5]|[0-9]{1,2})";
  private static final String IPV4 = SNUM + "(?:\\." + SNUM + "){3}";

  private static final String HEX = "[0-9A-Fa-f]{1,4}";
  private static final String IPV6_FULL = HEX + "(?::" + HEX + "){7}";
  private static final String IPV6_COMP = groups(7) + "::" + groups(7);
  private static final String IPV6V4_FULL = HEX + "(?::" + HEX + "){5}:" + IPV4;
  private static final String IPV6V4_COMP =
      groups(5) + "::(?:" + HEX + "(?::" + HEX + "){0,4}:)?" + IPV4;

  private static final String DCONTENT = "[!-Z^-~]";
  private static final String ADDRESS_LITERAL =
      "\\[(?:" + IPV4 + "|IPv6:(?<ipv6>[^\\]]*)|(?!IPv6:)" + LDH_STR + ":" + DCONTENT + "+)\\]";

  private static final String ATEXT = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]";
  private static final String DOT_STRING = ATEXT + "+(?:\\." + ATEXT + "+)*";
  private static final String QUOTED_STRING = "\"(?:[ !#-\\[\\]-~]|\\\\[ -~])*\"";

  private static final Pattern MAILBOX =
      Pattern.compile("(?:" + DOT_STRING + "|" + QUOTED_STRING + ")@(?<domain>.*)");
  private static final Pattern DOMAIN_NAME = Pattern.compile(DOMAIN);
  private static final Pattern LITERAL = Pattern.compile(ADDRESS_LITERAL);
  private static final Pattern IPV6 = Pattern.compile(IPV6_FULL + "|" + IPV6_COMP);
  private static final Pattern IPV6V4 = Pattern.compile(IPV6V4_FULL + "|" + IPV6V4_COMP);

  private Rfc5321Grammar() {}

  private static String groups(int most) {
    return "(?:" + HEX + "(?::" + HEX + "){0," + (most - 1) + "})?";
  }

  static boolean isMailbox(String text) {
    Matcher matcher = MAILBOX.matcher(text);
    return matcher.matches()
        && (isDomainName(matcher.group("domain")) || isAddressLiteral(matcher.group("domain")));
  }

  static boolean isDomainName(String text) {
    return DOMAIN_NAME.matcher(text).matches();
  }

  static boolean isAddressLiteral(String text) {
    Matcher matcher = LITERAL.matcher(text);
    return matcher.matches() && (matcher.group("ipv6") == null || isIpv6(matcher.group("ipv6")));
  }

  /** IPv6-addr, with the numbers of groups from the comments of its rules. */
  private static boolean isIpv6(String text) {
    if (IPV6.matcher(text).matches()) {
      return !text.contains("::") || groupsIn(text) <= 7;
    }
    return IPV6V4.matcher(text).matches() && (!text.contains("::") || groupsIn(text) <= 5 + 1);
  }

  /** Counts an IPv4 address as one group. */
  private static long groupsIn(String text) {
    return Stream.of(text.split(":")).filter(group -> !group.isEmpty()).count();
  }
}
