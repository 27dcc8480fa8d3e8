// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.server;

import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import org.smtpinflow.smtp.tls.TestCertificates;

/** What a client of a test does in its handshakes: it trusts the authority of the tests. */
final class TlsClient {

  private final SSLContext context;
  private final SSLParameters parameters;

  private TlsClient(KeyManager[] keys) throws Exception {
    context = SSLContext.getInstance("TLS");
    context.init(keys, new TrustManager[] {TestCertificates.AUTHORITY.toTrustManager()}, null);
    parameters = context.getDefaultSSLParameters();
  }

  static TlsClient of() throws Exception {
    return new TlsClient(null);
  }

  static TlsClient withCertificate(X509Bundle certificate) throws Exception {
    return new TlsClient(certificate.toKeyManagerFactory().getKeyManagers());
  }

  /** Asks for a name, and demands a certificate for it. */
  TlsClient name(String serverName) {
    return with(
        p -> {
          p.setServerNames(List.of(new SNIHostName(serverName)));
          p.setEndpointIdentificationAlgorithm("HTTPS");
        });
  }

  TlsClient protocol(String protocol) {
    return with(p -> p.setProtocols(new String[] {protocol}));
  }

  TlsClient with(Consumer<SSLParameters> setting) {
    setting.accept(parameters);
    return this;
  }

  SSLSocket wrap(Socket socket) throws IOException {
    String peer = "localhost";
    if (parameters.getServerNames() != null && !parameters.getServerNames().isEmpty()) {
      peer = ((SNIHostName) parameters.getServerNames().get(0)).getAsciiName();
    }
    SSLSocket secured =
        (SSLSocket) context.getSocketFactory().createSocket(socket, peer, socket.getPort(), true);
    secured.setUseClientMode(true);
    secured.setSSLParameters(parameters);
    return secured;
  }

  /** Returns the first octets of a handshake. */
  static byte[] clientHello() throws Exception {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, null, null);
    SSLEngine engine = context.createSSLEngine();
    engine.setUseClientMode(true);
    ByteBuffer hello = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
    engine.wrap(ByteBuffer.allocate(0), hello);
    return Arrays.copyOf(hello.array(), hello.position());
  }
}
