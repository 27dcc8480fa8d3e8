// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.sample.helpdesk.outbox;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A mail server for one session at a time, which accepts everything and keeps the lines that it
 * received.
 */
final class Relay implements AutoCloseable {

  private final ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
  private final List<String> heard = new CopyOnWriteArrayList<>();
  private final String[] greeting;
  private final Thread thread = new Thread(this::serve, "relay");

  /**
   * Starts a mail server on a free port.
   *
   * @param greeting the lines of its reply to EHLO
   */
  Relay(String... greeting) throws IOException {
    this.greeting = greeting;
    thread.start();
  }

  int port() {
    return socket.getLocalPort();
  }

  /** Returns the lines that clients sent: commands and content, as UTF-8. */
  List<String> heard() {
    return heard;
  }

  private void serve() {
    while (!socket.isClosed()) {
      try (Socket client = socket.accept()) {
        converse(client);
      } catch (IOException e) {
        // The client is gone, or this server is closed.
      }
    }
  }

  private void converse(Socket client) throws IOException {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8));
    OutputStream out = client.getOutputStream();
    reply(out, "220 relay.example");
    boolean inContent = false;
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      heard.add(line);
      if (inContent) {
        if (line.equals(".")) {
          inContent = false;
          reply(out, "250 ok");
        }
      } else if (line.toUpperCase(Locale.ROOT).startsWith("EHLO")) {
        reply(out, greeting);
      } else if (line.equals("DATA")) {
        inContent = true;
        reply(out, "354 go on");
      } else {
        reply(out, line.equals("QUIT") ? "221 bye" : "250 ok");
      }
    }
  }

  private static void reply(OutputStream out, String... lines) throws IOException {
    out.write((String.join("\r\n", lines) + "\r\n").getBytes(StandardCharsets.US_ASCII));
    out.flush();
  }

  /** Closes the port. The thread ends when its client is gone. */
  @Override
  public void close() throws IOException {
    socket.close();
  }
}
