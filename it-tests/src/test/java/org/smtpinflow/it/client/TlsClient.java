// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.it.client;

import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import org.smtpinflow.it.environment.TestEnvironment;

/** A client with TLS, which trusts the authority of the tests and nobody else. */
public final class TlsClient {

  private final SSLContext context;
  private final SSLParameters parameters;
  private String peer = "127.0.0.1";
  private InetAddress from = InetAddress.getLoopbackAddress();

  private TlsClient(KeyManager... keys) {
    try {
      context = SSLContext.getInstance("TLS");
      context.init(keys, new TrustManager[] {TestCertificates.AUTHORITY.toTrustManager()}, null);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
    parameters = context.getDefaultSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
  }

  public static TlsClient of() {
    return new TlsClient((KeyManager[]) null);
  }

  public static TlsClient withCertificate(X509Bundle certificate) {
    try {
      return new TlsClient(certificate.toKeyManagerFactory().getKeyManagers());
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** Asks for a name (SNI), and demands a certificate for it. */
  public TlsClient name(String serverName) {
    peer = serverName;
    parameters.setServerNames(List.of(new SNIHostName(serverName)));
    return this;
  }

  /** Speaks one version of TLS only, such as TLSv1.2. */
  public TlsClient protocol(String protocol) {
    parameters.setProtocols(new String[] {protocol});
    return this;
  }

  /** Connects from another address of this machine. */
  public TlsClient from(String address) throws IOException {
    from = InetAddress.getByName(address);
    return this;
  }

  SSLSocket wrap(Socket socket) throws IOException {
    SSLSocket secured =
        (SSLSocket) context.getSocketFactory().createSocket(socket, peer, socket.getPort(), true);
    secured.setUseClientMode(true);
    secured.setSSLParameters(parameters);
    return secured;
  }

  public SSLSocketFactory socketFactory() {
    return context.getSocketFactory();
  }

  private SmtpConnection connect(int port) throws IOException {
    return new SmtpConnection(new Socket(InetAddress.getLoopbackAddress(), port, from, 0));
  }

  /** Begins a session inside TLS; the greeting is not read. */
  public SmtpConnection implicit(int port) throws IOException {
    SmtpConnection connection = connect(port);
    connection.secure(this);
    return connection;
  }

  /** Begins a session, and says EHLO, STARTTLS, and EHLO again. */
  public SmtpConnection startTls(int port) throws IOException {
    SmtpConnection connection = connect(port).greet();
    String reply = connection.command("STARTTLS");
    if (!reply.startsWith("220 ")) {
      throw new IOException(reply);
    }
    connection.secure(this);
    connection.command("EHLO client.example");
    return connection;
  }

  /** Begins a session with the listener for submission inside TLS, and says EHLO. */
  public SmtpConnection submissions() throws IOException {
    return implicit(TestEnvironment.SUBMISSIONS_PORT).greet();
  }
}
