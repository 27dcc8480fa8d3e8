// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.rar.inflow;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.smtpinflow.api.Client;

/** What is known of a client that does not exist. */
final class TestClient {

  private static final InetSocketAddress ADDRESS =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 4711);

  private TestClient() {}

  static Client of(String listener) {
    return of(listener, Optional.empty(), Optional.empty());
  }

  static Client of(
      String listener, Optional<Client.TlsSession> tls, Optional<Client.Identity> identity) {
    return new Client(
        ADDRESS, "client.example", tls, identity, new Client.Listener(listener, ADDRESS));
  }
}
