// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.smtpinflow.smtp.protocol.ReceivedMail;
import org.smtpinflow.smtp.protocol.RecipientRequest;
import org.smtpinflow.smtp.protocol.Reply;
import org.smtpinflow.smtp.protocol.SessionConfig;
import org.smtpinflow.smtp.server.MailReceiver;
import org.smtpinflow.smtp.server.ServerConfig;
import org.smtpinflow.smtp.server.SmtpServer;

/**
 * Runs the engine alone as a sink on the loopback address: every recipient is accepted, and every
 * message is thrown away once it has arrived.
 */
public final class SinkMain {

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private SinkMain() {}

  /**
   * Runs until SIGTERM or SIGINT.
   *
   * @param args the port, 0 for a free one, and the number of event loops, by default 1
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    if (args.length < 1 || args.length > 2) {
      System.err.println("usage: SinkMain PORT [LOOPS]");
      System.exit(2);
    }
    int loops = args.length > 1 ? Integer.parseInt(args[1]) : 1;
    ExecutorService loopThreads = Executors.newFixedThreadPool(loops);
    ExecutorService diskThreads = Executors.newFixedThreadPool(2);
    SmtpServer server =
        SmtpServer.start(
            config(Integer.parseInt(args[0]), loops), new Sink(), loopThreads, diskThreads);
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
    System.out.println("ready on port " + server.addresses().get(0).getPort());
    stopped.await();
  }

  private static ServerConfig config(int port, int loops) {
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    return new ServerConfig(
        List.of(new ServerConfig.Listen("sink", address)),
        SessionConfig.defaults("sink.example.com"),
        loops,
        1000,
        1000,
        new ServerConfig.ContentConfig(
            256 << 10, Path.of(System.getProperty("java.io.tmpdir")), 1L << 30));
  }

  private static final class Sink implements MailReceiver {

    private static final CompletionStage<Reply> RECIPIENT_OK =
        CompletableFuture.completedStage(Reply.of(250, "2.1.5", "Recipient ok"));

    @Override
    public CompletionStage<Reply> recipient(RecipientRequest request) {
      return RECIPIENT_OK;
    }

    @Override
    public CompletionStage<Reply> message(ReceivedMail mail) {
      return CompletableFuture.completedStage(Reply.of(250, "2.0.0", "Ok: " + mail.id()));
    }
  }
}
