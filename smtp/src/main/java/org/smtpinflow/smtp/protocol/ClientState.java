// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.protocol;

import java.net.InetSocketAddress;
import java.util.Optional;
import org.smtpinflow.api.Client;
import org.smtpinflow.smtp.sasl.SecureChannel;

/** What is known about the client of a session: what it claims, and what it has proved. */
final class ClientState {

  private final InetSocketAddress remoteAddress;
  private final Client.Listener listener;

  /** The name from EHLO, HELO or LHLO. */
  private Optional<String> helo = Optional.empty();

  private boolean extended;
  private Optional<SecureChannel> channel = Optional.empty();
  private Optional<Client.Identity> identity = Optional.empty();

  ClientState(InetSocketAddress remoteAddress, Client.Listener listener) {
    this.remoteAddress = remoteAddress;
    this.listener = listener;
  }

  /** Keeps the client's name, which it may change later. What it has proved stays valid. */
  void hello(String name, boolean withExtensions) {
    helo = Optional.of(name);
    extended = withExtensions;
  }

  /** Begins TLS, and forgets what was said in clear text (RFC 3207, section 4.2). */
  void secure(SecureChannel secureChannel) {
    helo = Optional.empty();
    extended = false;
    channel = Optional.of(secureChannel);
  }

  void authenticate(Client.Identity proved) {
    identity = Optional.of(proved);
  }

  boolean saidHello() {
    return helo.isPresent();
  }

  /** Returns whether it said EHLO or LHLO, not HELO, and so may use extensions. */
  boolean isExtended() {
    return extended;
  }

  Optional<SecureChannel> channel() {
    return channel;
  }

  Optional<Client.Identity> identity() {
    return identity;
  }

  /** Returns what the application may know. The client must have said its name. */
  Client client() {
    return new Client(
        remoteAddress, helo.orElseThrow(), channel.map(SecureChannel::session), identity, listener);
  }
}
