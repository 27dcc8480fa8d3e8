// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.sample.helpdesk;

import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The address of a ticket: the address of the desk, with the ticket's id as subaddress. */
final class TicketAddress {

  /** Any eighteen digits fit into a {@code long}. */
  private static final Pattern SUBADDRESSED = Pattern.compile("[^+]*\\+([0-9]{1,18})");

  private static final Pattern LOCAL_PART = Pattern.compile("^([^+@]*)(\\+[^@]*)?");

  private TicketAddress() {}

  /**
   * Returns the id in a local part.
   *
   * @param localPart such as {@code support+42}
   * @return the id; empty if there is none, or it is not a number
   */
  static OptionalLong ticketId(String localPart) {
    Matcher matcher = SUBADDRESSED.matcher(localPart);
    return matcher.matches()
        ? OptionalLong.of(Long.parseLong(matcher.group(1)))
        : OptionalLong.empty();
  }

  /**
   * Returns an address of the desk without its subaddress.
   *
   * @param address such as {@code support+42@example.com}
   */
  static String desk(String address) {
    return LOCAL_PART.matcher(address).replaceFirst("$1");
  }

  /**
   * Returns the address that adds to a ticket.
   *
   * @param desk an address of the desk, with a subaddress or without
   * @param ticketId the id of the ticket
   */
  static String of(String desk, long ticketId) {
    return LOCAL_PART.matcher(desk).replaceFirst("$1+" + ticketId);
  }
}
