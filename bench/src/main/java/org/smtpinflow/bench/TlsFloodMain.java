// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.bench;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.smtpinflow.smtp.protocol.SessionConfig;
import org.smtpinflow.smtp.protocol.SessionConfig.Authentication;
import org.smtpinflow.smtp.protocol.SessionConfig.Service;
import org.smtpinflow.smtp.protocol.SessionConfig.TlsPolicy;
import org.smtpinflow.smtp.server.ListenerConfig;
import org.smtpinflow.smtp.server.ServerConfig;
import org.smtpinflow.smtp.server.ServerThreads;
import org.smtpinflow.smtp.server.SmtpServer;
import org.smtpinflow.smtp.tls.KeySource;
import org.smtpinflow.smtp.tls.TlsConfig;

/**
 * Measures how long an open session waits for the reply to NOOP, alone and while another client
 * floods the server with handshakes that it never finishes. One event loop serves all of them.
 */
public final class TlsFloodMain {

  private static final int WARM_UP = 2_000;
  private static final int PROBES = 2_000;
  private static final int CONNECTIONS = 8;

  private TlsFloodMain() {}

  /**
   * Measures.
   *
   * @param args the PEM files of a certificate and its key
   */
  public static void main(String[] args) throws Exception {
    if (args.length != 2) {
      System.err.println("usage: TlsFloodMain CERTIFICATE_FILE KEY_FILE");
      System.exit(2);
    }
    ExecutorService threads = Executors.newCachedThreadPool();
    TlsConfig tls =
        TlsConfig.of(List.of(new KeySource.PemFiles(Path.of(args[0]), Path.of(args[1]))));
    SmtpServer server =
        SmtpServer.start(config(tls), new SinkMain.Sink(), ServerThreads.of(threads));
    try {
      InetSocketAddress clear = server.addresses().get(0);
      InetSocketAddress secured = server.addresses().get(1);
      try (Session session = new Session(clear)) {
        session.probe(WARM_UP);
        report("no flood", session.probe(PROBES));
        flood("ffdhe8192", secured, ClientHello.of(0x0104, 1024), session);
        flood("secp256r1, made up", secured, ClientHello.of(0x0017, 65), session);
        flood("x25519", secured, ClientHello.of(0x001d, 32), session);
      }
    } finally {
      server.stop(Duration.ofSeconds(5));
      threads.shutdown();
    }
  }

  private static ServerConfig config(TlsConfig tls) {
    return new ServerConfig(
        List.of(listener("clear", TlsPolicy.NONE), listener("secured", TlsPolicy.IMPLICIT)),
        1,
        1000,
        1000,
        new ServerConfig.ContentConfig(
            256 << 10, Path.of(System.getProperty("java.io.tmpdir")), 1L << 30),
        Optional.of(tls),
        ServerConfig.Throttle.defaults());
  }

  private static ListenerConfig listener(String name, TlsPolicy policy) {
    return new ListenerConfig(
        name,
        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
        SessionConfig.defaults("sink.example.com")
            .with(Service.SMTP, policy, Authentication.none()));
  }

  /** Keeps some connections busy with a first message each, again and again. */
  private static void flood(String name, InetSocketAddress server, byte[] hello, Session session)
      throws Exception {
    List<Thread> clients = new ArrayList<>();
    for (int i = 0; i < CONNECTIONS; i++) {
      Thread client = new Thread(() -> sendAgainAndAgain(server, hello));
      client.setDaemon(true);
      client.start();
      clients.add(client);
    }
    report(name, session.probe(PROBES));
    for (Thread client : clients) {
      client.interrupt();
      client.join();
    }
  }

  private static void sendAgainAndAgain(InetSocketAddress server, byte[] hello) {
    while (!Thread.currentThread().isInterrupted()) {
      try (Socket socket = new Socket(server.getAddress(), server.getPort())) {
        socket.getOutputStream().write(hello);
        // The answer: an alert, or a ServerHello.
        int unused = socket.getInputStream().read();
      } catch (IOException e) {
        // The server may well close the connection; the next one follows.
      }
    }
  }

  private static void report(String name, List<Double> millis) {
    List<Double> sorted = millis.stream().sorted().toList();
    System.out.printf(
        Locale.ROOT,
        "%-20s median %.3f ms, 99 %% %.3f ms, longest %.3f ms%n",
        name,
        sorted.get(sorted.size() / 2),
        sorted.get(sorted.size() * 99 / 100),
        sorted.get(sorted.size() - 1));
  }

  /** A session in clear text. */
  private static final class Session implements AutoCloseable {

    private static final byte[] NOOP = "NOOP\r\n".getBytes(StandardCharsets.US_ASCII);

    private final InetSocketAddress server;
    private Socket socket;

    Session(InetSocketAddress server) throws IOException {
      this.server = server;
      connect();
    }

    private void connect() throws IOException {
      socket = new Socket(server.getAddress(), server.getPort());
      socket.setTcpNoDelay(true);
      readLine();
    }

    private void readLine() throws IOException {
      InputStream in = socket.getInputStream();
      for (int octet = in.read(); octet != '\n'; octet = in.read()) {
        if (octet < 0) {
          throw new IOException("session ended");
        }
      }
    }

    /** Returns the milliseconds of each of so many replies; a new session for every ten. */
    List<Double> probe(int count) throws IOException {
      List<Double> millis = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        if (i % 10 == 0) {
          socket.close();
          connect();
        }
        long began = System.nanoTime();
        socket.getOutputStream().write(NOOP);
        readLine();
        millis.add((System.nanoTime() - began) / 1e6);
      }
      return millis;
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
