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
 * @param remoteAddress the address and port that the connection came from, never resolved to a name
 * @param helo the name that the client gave in HELO or EHLO. It is the client's own word: nobody
 *     checked it
 * @param tls the TLS session, if the message came through one
 * @param identity who the client proved to be, if it authenticated (RFC 4954). Never taken from
 *     anything that the client merely says
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
   * A listening socket of the server.
   *
   * @param name what the administrator knows it as, such as {@code smtp}
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
   * Who a client proved to be.
   *
   * @param name the name that it authenticated as: the caller of the bean
   * @param groups the groups that whoever checked it says it is in; the server maps them to roles
   */
  public record Identity(String name, Set<String> groups) {

    /** Copies the set; no argument may be null. */
    public Identity {
      Objects.requireNonNull(name, "name");
      groups = Set.copyOf(groups);
    }
  }

  /**
   * The TLS session that a message came through.
   *
   * @param protocol the version of the protocol, such as {@code TLSv1.3}
   * @param cipherSuite the standard name of the cipher suite
   * @param serverName the name that the client asked for (SNI, RFC 6066), if it did
   * @param clientCertificate the certificate that the client proved to have, if it did and the
   *     server trusts who issued it
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
