// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.sample.helpdesk.web;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The names under which the desk may be reached. A page of an attacker can make its own name
 * resolve to the address of the desk (DNS rebinding). The browser then lets that page read the
 * desk, but still sends the attacker's name in the Host field.
 */
final class AllowedHosts {

  private static final Pattern HOST_AND_PORT =
      Pattern.compile("(\\[[0-9a-f:.]+]|[^:\\[\\]]+)(?::[0-9]*)?");

  /** The loopback addresses of IPv4, in the one form that browsers send. */
  private static final Pattern LOOPBACK =
      Pattern.compile("127\\.[0-9]{1,3}\\.[0-9]{1,3}\\.[0-9]{1,3}");

  private static final Set<String> LOCAL = Set.of("localhost", "[::1]");

  private final Set<String> configured;

  /**
   * Allows {@code localhost}, the loopback addresses, and further names.
   *
   * @param configured names or address literals without a port, separated by commas; an address of
   *     IPv6 in brackets
   */
  AllowedHosts(String configured) {
    this.configured =
        Arrays.stream(configured.toLowerCase(Locale.ROOT).split(","))
            .map(String::strip)
            .collect(Collectors.toSet());
  }

  /**
   * Returns whether a request may be answered.
   *
   * @param hostField the Host field of the request (RFC 9110, section 7.2); empty if it has none
   */
  boolean allows(String hostField) {
    Matcher matcher = HOST_AND_PORT.matcher(hostField.strip().toLowerCase(Locale.ROOT));
    if (!matcher.matches()) {
      return false;
    }
    String host = matcher.group(1);
    return LOCAL.contains(host) || LOOPBACK.matcher(host).matches() || configured.contains(host);
  }
}
