// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.it.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import org.smtpinflow.it.environment.Await;
import org.smtpinflow.it.environment.TestEnvironment;

/** The client's side of a session, octet by octet. */
public final class SmtpConnection implements AutoCloseable {

  private static final int PATIENCE_MILLIS = 120_000;

  private Socket socket;
  private InputStream in;
  private OutputStream out;

  /** Connects to the adapter on its usual port; the greeting is not read. */
  public SmtpConnection() throws IOException {
    this(TestEnvironment.SMTP_PORT);
  }

  public SmtpConnection(int port) throws IOException {
    this(new Socket(InetAddress.getLoopbackAddress(), port));
  }

  /** Takes over a connection; nothing of it has been read. */
  public SmtpConnection(Socket socket) throws IOException {
    use(socket);
  }

  /** Returns whether somebody listens on a port. */
  public static boolean isPossible(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  /** Waits until somebody listens on a port. */
  public static void awaitPort(int port) {
    Await.until("port " + port, () -> isPossible(port));
  }

  private void use(Socket connected) throws IOException {
    socket = connected;
    socket.setSoTimeout(PATIENCE_MILLIS);
    in = new BufferedInputStream(socket.getInputStream());
    out = socket.getOutputStream();
  }

  /** Returns the TLS session that all goes through now. */
  public SSLSession tls() {
    return ((SSLSocket) socket).getSession();
  }

  /** Begins TLS: all that follows goes through it. Returns what was agreed on. */
  public SSLSession secure(TlsClient client) throws IOException {
    SSLSocket secured = client.wrap(socket);
    secured.startHandshake();
    use(secured);
    return secured.getSession();
  }

  public int localPort() {
    return socket.getLocalPort();
  }

  /** Sends octets as they are. */
  public void send(byte[] octets) throws IOException {
    out.write(octets);
    out.flush();
  }

  /** Sends a line, with a CRLF. */
  public void sendLine(String line) throws IOException {
    send((line + "\r\n").getBytes(UTF_8));
  }

  /** Reads a line of the server, without its CRLF; null if it has closed the connection. */
  public String readLine() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int octet = in.read(); octet != '\n'; octet = in.read()) {
      if (octet < 0) {
        return null;
      }
      line.write(octet);
    }
    String text = line.toString(UTF_8);
    if (!text.endsWith("\r")) {
      throw new IOException("line without CR from the server: " + text);
    }
    return text.substring(0, text.length() - 1);
  }

  /** Reads a whole reply: its lines, joined by a line feed. */
  public String readReply() throws IOException {
    List<String> lines = new ArrayList<>();
    do {
      String line = readLine();
      if (line == null) {
        throw new EOFException("the server closed the connection after " + lines);
      }
      lines.add(line);
    } while (lines.get(lines.size() - 1).charAt(3) == '-');
    return String.join("\n", lines);
  }

  /** Sends a command and returns the reply to it. */
  public String command(String line) throws IOException {
    sendLine(line);
    return readReply();
  }

  /** Returns the reply to the EHLO of a session on a port. */
  public static String extensions(int port) throws IOException {
    try (SmtpConnection connection = new SmtpConnection(port)) {
      connection.readReply();
      return connection.command("EHLO client.example");
    }
  }

  /** Reads the greeting and says EHLO. */
  public SmtpConnection greet() throws IOException {
    readReply();
    command("EHLO client.example");
    return this;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
