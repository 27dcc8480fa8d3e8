// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.sample.helpdesk.web;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Counts event streams, so that there are not too many of them, and no client has more than its
 * share. A client is an IPv4 address or, as one host can have all addresses in it, an IPv6 network
 * of 64 bits.
 */
final class StreamShares {

  private static final int NETWORK_OCTETS = 8;

  /** Anything else would be looked up as a name. */
  private static final Pattern LITERAL = Pattern.compile("[0-9A-Fa-f.:]+(%.*)?");

  private final int total;
  private final int share;
  private final Map<String, Integer> open = new HashMap<>();
  private int openInAll;

  /**
   * Makes an instance that has counted no streams.
   *
   * @param total the maximum number of streams of all clients
   * @param share the maximum number of streams of one client
   */
  StreamShares(int total, int share) {
    this.total = total;
    this.share = share;
  }

  /**
   * Counts one more stream, if the limits allow it.
   *
   * @param address the address literal of the client
   * @return whether the stream was counted; the caller then calls {@link #leave} when it ends
   */
  synchronized boolean enter(String address) {
    String client = client(address);
    int others = open.getOrDefault(client, 0);
    if (openInAll >= total || others >= share) {
      return false;
    }
    open.put(client, others + 1);
    openInAll++;
    return true;
  }

  /** Counts one stream less. */
  synchronized void leave(String address) {
    open.computeIfPresent(client(address), (client, count) -> count == 1 ? null : count - 1);
    openInAll--;
  }

  private static String client(String address) {
    if (!LITERAL.matcher(address).matches()) {
      return address;
    }
    try {
      InetAddress parsed = InetAddress.getByName(address);
      return parsed instanceof Inet6Address
          ? HexFormat.of().formatHex(Arrays.copyOf(parsed.getAddress(), NETWORK_OCTETS))
          : parsed.getHostAddress();
    } catch (UnknownHostException e) {
      return address;
    }
  }
}
