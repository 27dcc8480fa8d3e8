// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.it.environment;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * Where {@link org.smtpinflow.it.app.HeldBean} stops in the middle of a delivery, until the test
 * lets it go on.
 */
public final class Gate implements AutoCloseable {

  private static final int PATIENCE_MILLIS = 60_000;

  private final ServerSocket socket;

  public Gate() throws IOException {
    socket = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
    socket.setSoTimeout(PATIENCE_MILLIS);
  }

  /** Returns the mailbox whose mail stops at this gate. */
  public String mailbox() {
    return "held+" + socket.getLocalPort() + "@held.example";
  }

  /** Waits for the next delivery that stops here. */
  public Held await() throws IOException {
    Socket bean = socket.accept();
    String mailId =
        new BufferedReader(new InputStreamReader(bean.getInputStream(), StandardCharsets.US_ASCII))
            .readLine();
    return new Held(mailId, bean);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  /** A delivery that is being held. */
  public record Held(String mailId, Socket bean) implements AutoCloseable {

    /** Lets it go on. */
    public void release() throws IOException {
      bean.close();
    }

    @Override
    public void close() throws IOException {
      release();
    }
  }
}
