// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.rar.inflow;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import org.smtpinflow.api.Client;

/** What is known of a client that does not exist. */
final class TestClient {

  private static final InetSocketAddress ADDRESS =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 4711);

  private TestClient() {}

  /** A client in clear text that did not authenticate, at an IP address. */
  static Client at(String address) {
    return new Client(
        new InetSocketAddress(literal(address), 4711),
        "client.example",
        Optional.empty(),
        Optional.empty(),
        new Client.Listener("smtp", ADDRESS));
  }

  static Client of(String listener) {
    return of(listener, Optional.empty(), Optional.empty());
  }

  static Client of(
      String listener, Optional<Client.TlsSession> tls, Optional<Client.Identity> identity) {
    return new Client(
        ADDRESS, "client.example", tls, identity, new Client.Listener(listener, ADDRESS));
  }

  private static InetAddress literal(String address) {
    try {
      return InetAddress.getByName(address);
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }
}
