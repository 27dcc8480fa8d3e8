// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.server;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;

/**
 * What counts as one client for limits: an IPv4 address, or the 64-bit prefix of an IPv6 address,
 * as whoever has one address of such a network has all (RFC 4291, section 2.5.4).
 *
 * @param ipv6 whether it is an IPv6 network
 * @param bits the address, or the prefix
 */
record ClientNetwork(boolean ipv6, long bits) {

  static ClientNetwork of(InetAddress address) {
    ByteBuffer octets = ByteBuffer.wrap(address.getAddress());
    return address instanceof Inet6Address
        ? new ClientNetwork(true, octets.getLong())
        : new ClientNetwork(false, octets.getInt());
  }
}
