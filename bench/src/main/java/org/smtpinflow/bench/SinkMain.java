// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.smtpinflow.smtp.protocol.Acceptance;
import org.smtpinflow.smtp.protocol.ReceivedMail;
import org.smtpinflow.smtp.protocol.RecipientDecision;
import org.smtpinflow.smtp.protocol.RecipientRequest;
import org.smtpinflow.smtp.protocol.Reply;
import org.smtpinflow.smtp.protocol.SessionConfig;
import org.smtpinflow.smtp.protocol.SessionConfig.Authentication;
import org.smtpinflow.smtp.protocol.SessionConfig.Service;
import org.smtpinflow.smtp.protocol.SessionConfig.TlsPolicy;
import org.smtpinflow.smtp.server.ListenerConfig;
import org.smtpinflow.smtp.server.MailReceiver;
import org.smtpinflow.smtp.server.PendingMessage;
import org.smtpinflow.smtp.server.ServerConfig;
import org.smtpinflow.smtp.server.ServerThreads;
import org.smtpinflow.smtp.server.SmtpServer;
import org.smtpinflow.smtp.tls.KeySource;
import org.smtpinflow.smtp.tls.TlsConfig;

/**
 * Runs only the engine, as a sink on the loopback address. It accepts every recipient and discards
 * every message after it has arrived.
 */
public final class SinkMain {

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private SinkMain() {}

  /**
   * Runs until SIGTERM or SIGINT.
   *
   * @param args the port, 0 for any free port; the number of event loops, 1 by default; and, for a
   *     second port with implicit TLS, that port and the PEM files of the certificate and the key.
   *     The first port then offers STARTTLS
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    if (args.length != 1 && args.length != 2 && args.length != 5) {
      System.err.println("usage: SinkMain PORT [LOOPS [TLS_PORT CERTIFICATE_FILE KEY_FILE]]");
      System.exit(2);
    }
    int loops = args.length > 1 ? Integer.parseInt(args[1]) : 1;
    ExecutorService loopThreads = Executors.newFixedThreadPool(loops);
    ExecutorService diskThreads = Executors.newFixedThreadPool(2);
    SmtpServer server =
        SmtpServer.start(
            config(args, loops),
            new Sink(),
            new ServerThreads(
                loopThreads,
                diskThreads,
                new ServerThreads.Pool(diskThreads, 1),
                new ServerThreads.Pool(diskThreads, 1)));
    CountDownLatch stopped = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  server.stop(PATIENCE);
                  loopThreads.shutdown();
                  diskThreads.shutdown();
                  System.out.println(server.statistics());
                  stopped.countDown();
                }));
    server.addresses().forEach(address -> System.out.println("ready on port " + address.getPort()));
    stopped.await();
  }

  private static ServerConfig config(String[] args, int loops) {
    SessionConfig session = SessionConfig.defaults("sink.example.com");
    Optional<TlsConfig> tls = Optional.empty();
    List<ListenerConfig> listeners = new ArrayList<>();
    if (args.length > 2) {
      tls =
          Optional.of(
              TlsConfig.of(List.of(new KeySource.PemFiles(Path.of(args[3]), Path.of(args[4])))));
      listeners.add(listen("sink", args[0], session(session, TlsPolicy.OFFERED)));
      listeners.add(listen("sinks", args[2], session(session, TlsPolicy.IMPLICIT)));
    } else {
      listeners.add(listen("sink", args[0], session));
    }
    return new ServerConfig(
        listeners,
        loops,
        1000,
        1000,
        new ServerConfig.ContentConfig(
            256 << 10, Path.of(System.getProperty("java.io.tmpdir")), 1L << 30),
        tls,
        ServerConfig.Throttle.defaults());
  }

  private static SessionConfig session(SessionConfig session, TlsPolicy tls) {
    return session.with(Service.SMTP, tls, Authentication.none());
  }

  private static ListenerConfig listen(String name, String port, SessionConfig session) {
    return new ListenerConfig(
        name,
        new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(port)),
        session);
  }

  /** Accepts and discards everything. */
  static final class Sink implements MailReceiver {

    private static final CompletionStage<RecipientDecision> RECIPIENT_OK =
        CompletableFuture.completedStage(
            new RecipientDecision.Accepted(
                Reply.of(250, "2.1.5", "Recipient ok"), Acceptance.NOTHING));

    @Override
    public CompletionStage<RecipientDecision> recipient(RecipientRequest request) {
      return RECIPIENT_OK;
    }

    @Override
    public PendingMessage message(ReceivedMail mail) {
      return PendingMessage.of(
          CompletableFuture.completedStage(List.of(Reply.of(250, "2.0.0", "Ok: " + mail.id()))));
    }
  }
}
