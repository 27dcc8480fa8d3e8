// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.smtpinflow.smtp.protocol.SessionConfig;
import org.smtpinflow.smtp.tls.TlsConfig;

/** A server on a free port of the loopback address, with its own executors. */
final class TestServer implements AutoCloseable {

  static final Duration PATIENCE = Duration.ofSeconds(10);

  private final TestReceiver receiver = new TestReceiver();
  private final ExecutorService loops = Executors.newCachedThreadPool();
  private final ExecutorService blocking = Executors.newCachedThreadPool();
  private final ExecutorService authentication = Executors.newCachedThreadPool();
  private final ExecutorService handshakes = Executors.newCachedThreadPool();
  private final SmtpServer server;

  private TestServer(Settings settings) throws IOException {
    server =
        SmtpServer.start(
            settings.config(),
            receiver,
            new ServerThreads(
                loops,
                blocking,
                new ServerThreads.Pool(authentication, settings.authenticationThreads),
                new ServerThreads.Pool(
                    settings.handshakes.orElse(handshakes), settings.handshakeThreads)),
            settings.paused);
  }

  /** What a test may want otherwise. */
  static final class Settings {
    int port;
    int sessions = 1000;
    int sessionsPerClient = 1000;
    int threshold = 64 << 10;
    long budget = 1L << 30;
    long messageSize = 100L << 20;
    int errors = 20;
    Path directory = Path.of(System.getProperty("java.io.tmpdir"));
    Duration commandTimeout = Duration.ofMinutes(5);
    Duration dataTimeout = Duration.ofMinutes(3);
    int minDataRate = 500;
    Duration crowdedTimeout = Duration.ofSeconds(10);
    SessionConfig.Service service = SessionConfig.Service.SMTP;
    SessionConfig.TlsPolicy tlsPolicy = SessionConfig.TlsPolicy.NONE;
    SessionConfig.Authentication authentication = SessionConfig.Authentication.none();
    Optional<TlsConfig> tls = Optional.empty();
    ServerConfig.Throttle throttle = ServerConfig.Throttle.defaults();
    Optional<Executor> handshakes = Optional.empty();
    int handshakeThreads = 2;
    int eventLoops = 2;
    boolean paused;
    int authenticationThreads = 4;

    ServerConfig config() {
      InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
      return new ServerConfig(
          List.of(new ListenerConfig("test", address, session())),
          eventLoops,
          sessions,
          sessionsPerClient,
          new ServerConfig.ContentConfig(threshold, directory, budget),
          tls,
          throttle);
    }

    private SessionConfig session() {
      return new SessionConfig(
              "mx.example.com",
              new SessionConfig.Limits(messageSize, 100, 10_000, errors),
              new SessionConfig.Timeouts(commandTimeout, dataTimeout, minDataRate, crowdedTimeout),
              SessionConfig.BareNewlines.REFUSE,
              false)
          .with(service, tlsPolicy, authentication);
    }
  }

  static TestServer start() throws IOException {
    return start(new Settings());
  }

  static TestServer start(Settings settings) throws IOException {
    return new TestServer(settings);
  }

  /** Connects from another address of the loopback network, which is another client network. */
  ServerTranscript connectFrom(String address) throws IOException {
    return new ServerTranscript(address(), InetAddress.getByName(address));
  }

  ServerTranscript connect() throws IOException {
    return new ServerTranscript(address());
  }

  InetSocketAddress address() {
    return server.addresses().get(0);
  }

  SmtpServer server() {
    return server;
  }

  TestReceiver receiver() {
    return receiver;
  }

  @Override
  public void close() {
    server.stop(PATIENCE);
    loops.shutdown();
    blocking.shutdown();
    authentication.shutdown();
    handshakes.shutdown();
  }
}
