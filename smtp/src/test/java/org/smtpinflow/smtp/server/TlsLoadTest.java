// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.pkitesting.CertificateBuilder.Algorithm;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.smtpinflow.smtp.protocol.SessionConfig.TlsPolicy;
import org.smtpinflow.smtp.tls.TestCertificates;
import org.smtpinflow.smtp.tls.TlsConfig;

/** What handshakes may take away from other sessions. The tests hold the handshakes' threads. */
@Timeout(60)
class TlsLoadTest {

  private static final X509Bundle CERTIFICATE =
      TestCertificates.server(Algorithm.ecp256, "mx.example.com");

  @TempDir private Path directory;

  /** The work of handshakes that has not been done yet. */
  private final Queue<Runnable> work = new ConcurrentLinkedQueue<>();

  private final TestServer.Settings settings = new TestServer.Settings();

  @BeforeEach
  void holdTheWorkOfHandshakes() throws IOException {
    settings.eventLoops = 1;
    settings.tlsPolicy = TlsPolicy.OFFERED;
    settings.tls =
        Optional.of(
            TlsConfig.of(List.of(TestCertificates.write(directory, "server", CERTIFICATE))));
    settings.handshakes = Optional.of(work::add);
    settings.handshakeThreads = 1;
  }

  private static ServerTranscript startTls(ServerTranscript client) throws IOException {
    return client.hold(
        """
        S: 220
        C: EHLO client.example
        S: 250
        C: STARTTLS
        S: 220 2.0.0
        """);
  }

  private static CompletableFuture<Void> handshake(ServerTranscript client) {
    return CompletableFuture.runAsync(
        () -> {
          try {
            client.handshake(TlsClient.of());
          } catch (Exception e) {
            throw new IllegalStateException(e);
          }
        });
  }

  private void doAllWork(CompletableFuture<Void> until) throws Exception {
    Await.until(
        "handshake done",
        () -> {
          Runnable next = work.poll();
          if (next != null) {
            next.run();
          }
          return until.isDone();
        });
  }

  @Test
  void otherSessionsGoOnWhileHandshakesAreComputed() throws Exception {
    try (TestServer server = TestServer.start(settings);
        ServerTranscript secured = server.connect();
        ServerTranscript other = server.connect()) {
      startTls(secured);
      CompletableFuture<Void> done = handshake(secured);
      Await.until("work", () -> !work.isEmpty());
      other.hold("S: 220\nC: EHLO client.example\nS: 250\nC: NOOP\nS: 250 2.0.0");
      assertThat(done).isNotDone();
      doAllWork(done);
      done.get();
      secured.hold("C: EHLO client.example\nS: 250\nC: QUIT\nS: 221\nS: EOF");
    }
  }

  @Test
  void aResetDuringTheWorkOfAHandshakeHoldsUpNoOtherSessionAndLeavesNothing() throws Exception {
    CompletableFuture<Void> begun = new CompletableFuture<>();
    CompletableFuture<Void> release = new CompletableFuture<>();
    settings.handshakes =
        Optional.of(
            task ->
                new Thread(
                        () -> {
                          begun.complete(null);
                          release.join();
                          task.run();
                        })
                    .start());
    try (TestServer server = TestServer.start(settings);
        ServerTranscript secured = server.connect();
        ServerTranscript other = server.connect()) {
      startTls(secured);
      CompletableFuture<Void> done = handshake(secured);
      begun.get();
      secured.reset();
      other.hold("S: 220\nC: EHLO client.example\nS: 250\nC: NOOP\nS: 250 2.0.0");
      release.complete(null);
      assertThat(done)
          .failsWithin(10, TimeUnit.SECONDS)
          .withThrowableOfType(ExecutionException.class);
      other.hold("C: QUIT\nS: 221\nS: EOF");
      Await.until("gone", () -> server.server().statistics().sessionsOpen() == 0);
      assertThat(server.server().statistics().tls().handshakesFailed()).isEqualTo(1);
      assertThat(server.server().buffered()).isZero();
    }
  }

  @Test
  void whatAClientSendsDuringTheWorkOfAHandshakeStaysInTheNetwork() throws Exception {
    try (TestServer server = TestServer.start(settings);
        ServerTranscript secured = server.connect()) {
      startTls(secured).send(TlsClient.clientHello());
      Await.until("work", () -> !work.isEmpty());
      CompletableFuture<Void> flood =
          CompletableFuture.runAsync(
              () -> {
                try {
                  secured.send(new byte[64 << 20]);
                } catch (IOException e) {
                  // The server closes the connection in the end.
                }
              });
      try (ServerTranscript other = server.connect()) {
        other.hold("S: 220" + "\nC: NOOP\nS: 250 2.0.0".repeat(100));
      }
      assertThat(server.server().buffered()).isLessThan(256 << 10);
      assertThat(flood).isNotDone();
      doAllWork(flood);
    }
  }
}
