// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.server;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;

/**
 * A client for the purpose of limits and shares: an IPv4 address, or the 64-bit prefix of an IPv6
 * address, as a client that has one address of such a network has them all (RFC 4291, section
 * 2.5.4).
 *
 * @param ipv6 whether it is an IPv6 network
 * @param bits the address, or the prefix
 */
public record ClientNetwork(boolean ipv6, long bits) {

  /** Returns the network of an address, which must not be null. */
  public static ClientNetwork of(InetAddress address) {
    ByteBuffer octets = ByteBuffer.wrap(address.getAddress());
    return address instanceof Inet6Address
        ? new ClientNetwork(true, octets.getLong())
        : new ClientNetwork(false, octets.getInt());
  }
}
