// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;

/** A client that holds a session as a transcript has it. */
final class ServerTranscript implements AutoCloseable {

  private static final int LIMIT_MILLIS = 20_000;

  private Socket socket;
  private BufferedReader reader;

  ServerTranscript(InetSocketAddress server) throws IOException {
    this(server, server.getAddress());
  }

  /** Connects from an address of this machine. */
  ServerTranscript(InetSocketAddress server, InetAddress from) throws IOException {
    socket = new Socket();
    socket.bind(new InetSocketAddress(from, 0));
    socket.connect(server, LIMIT_MILLIS);
    socket.setSoTimeout(LIMIT_MILLIS);
    socket.setTcpNoDelay(true);
    read(socket);
  }

  /** Begins inside TLS. */
  ServerTranscript(InetSocketAddress server, TlsClient tls) throws IOException {
    socket = new Socket();
    socket.connect(server, LIMIT_MILLIS);
    socket.setSoTimeout(LIMIT_MILLIS);
    socket.setTcpNoDelay(true);
    handshake(tls);
  }

  private void read(Socket source) throws IOException {
    reader =
        new BufferedReader(
            new InputStreamReader(source.getInputStream(), StandardCharsets.UTF_8), 64 << 10);
  }

  /** Continues inside TLS; fails if there is unread input from before. */
  ServerTranscript handshake(TlsClient tls) throws IOException {
    assertThat(reader == null || !reader.ready()).isTrue();
    SSLSocket secured = tls.wrap(socket);
    secured.startHandshake();
    socket = secured;
    read(secured);
    return this;
  }

  SSLSession tls() {
    return ((SSLSocket) socket).getSession();
  }

  /**
   * Goes through a transcript. Lines that follow each other and begin with {@code C:} are sent
   * together. For each line that begins with {@code S:} one reply is awaited; its last line must
   * begin with what the transcript has. {@code S: EOF} awaits the orderly end of the connection.
   */
  ServerTranscript hold(String transcript) throws IOException {
    StringBuilder toSend = new StringBuilder();
    for (String line : transcript.lines().toList()) {
      String text = line.length() > 3 ? line.substring(3) : "";
      if (line.startsWith("C:")) {
        toSend.append(text).append("\r\n");
      } else {
        send(toSend);
        toSend.setLength(0);
        expect(text);
      }
    }
    return send(toSend);
  }

  ServerTranscript send(CharSequence text) throws IOException {
    if (text.length() > 0) {
      send(text.toString().getBytes(StandardCharsets.UTF_8));
    }
    return this;
  }

  ServerTranscript send(byte[] octets) throws IOException {
    OutputStream out = socket.getOutputStream();
    out.write(octets);
    out.flush();
    return this;
  }

  private void expect(String expected) throws IOException {
    if (expected.equals("EOF")) {
      assertThat(reader.readLine()).isNull();
    } else {
      assertThat(reply()).startsWith(expected);
    }
  }

  /** Awaits a reply and returns its last line. */
  String reply() throws IOException {
    String line = reader.readLine();
    while (line != null && line.length() > 3 && line.charAt(3) == '-') {
      line = reader.readLine();
    }
    return line;
  }

  /** Ends the connection with a reset, as a client that has crashed does. */
  void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  Socket socket() {
    return socket;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
