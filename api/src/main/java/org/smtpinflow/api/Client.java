// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.api;

import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What is known about the client that sent a message.
 *
 * @param remoteAddress the address and port of the client's end of the connection; never resolved
 *     to a name
 * @param helo the name that the client gave in HELO or EHLO. The name is not verified
 * @param tls the TLS session in which the message was received; empty if there was none
 * @param identity the identity that the client proved (RFC 4954); empty if it did not authenticate.
 *     Never taken from an unverified claim of the client
 * @param listener the listener that accepted the connection
 */
public record Client(
    InetSocketAddress remoteAddress,
    String helo,
    Optional<TlsSession> tls,
    Optional<Identity> identity,
    Listener listener) {

  /** No argument may be null. */
  public Client {
    Objects.requireNonNull(remoteAddress, "remoteAddress");
    Objects.requireNonNull(helo, "helo");
    Objects.requireNonNull(tls, "tls");
    Objects.requireNonNull(identity, "identity");
    Objects.requireNonNull(listener, "listener");
  }

  /**
   * A listening socket of the SMTP server.
   *
   * @param name the name in the adapter's configuration, such as {@code smtp}
   * @param localAddress the address and port that the client connected to
   */
  public record Listener(String name, InetSocketAddress localAddress) {

    /** No argument may be null. */
    public Listener {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(localAddress, "localAddress");
    }
  }

  /**
   * The identity that a client proved.
   *
   * @param name the name that the client authenticated as. It is the caller of the bean
   * @param groups the groups of the user, from the source that verified the client. The container
   *     maps them to roles
   */
  public record Identity(String name, Set<String> groups) {

    /** Copies the set; no argument may be null. */
    public Identity {
      Objects.requireNonNull(name, "name");
      groups = Set.copyOf(groups);
    }
  }

  /**
   * The TLS session in which a message was received.
   *
   * @param protocol the protocol version, such as {@code TLSv1.3}
   * @param cipherSuite the standard name of the cipher suite
   * @param serverName the server name that the client requested (SNI, RFC 6066); empty if it
   *     requested none
   * @param clientCertificate the certificate whose private key the client proved to have; empty if
   *     there was none or if the server does not trust its issuer
   */
  public record TlsSession(
      String protocol,
      String cipherSuite,
      Optional<String> serverName,
      Optional<X509Certificate> clientCertificate) {

    /** No argument may be null. */
    public TlsSession {
      Objects.requireNonNull(protocol, "protocol");
      Objects.requireNonNull(cipherSuite, "cipherSuite");
      Objects.requireNonNull(serverName, "serverName");
      Objects.requireNonNull(clientCertificate, "clientCertificate");
    }
  }
}
