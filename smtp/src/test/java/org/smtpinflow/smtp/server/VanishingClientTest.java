// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.pkitesting.CertificateBuilder.Algorithm;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.smtpinflow.smtp.protocol.Reply;
import org.smtpinflow.smtp.protocol.SessionConfig.TlsPolicy;
import org.smtpinflow.smtp.tls.TestCertificates;
import org.smtpinflow.smtp.tls.TlsConfig;

/** Clients that go away, at any moment and in any way. */
@Timeout(60)
class VanishingClientTest {

  private static final String MESSAGE =
      """
      EHLO client.example
      MAIL FROM:<>
      RCPT TO:<a@example.com>
      DATA
      Subject: hello

      .
      """
          .replace("\n", "\r\n");

  private static final String REPLIES =
      """
      S: 220
      S: 250
      S: 250 2.1.0
      S: 250 2.1.5
      S: 354
      """;

  private final TestServer.Settings settings = new TestServer.Settings();
  private final CompletableFuture<List<Reply>> answer = new CompletableFuture<>();
  private final AtomicBoolean withdrawn = new AtomicBoolean();

  /** Waits for the test's answer, or for the end of the session. */
  private final PendingMessage pending =
      new PendingMessage() {
        @Override
        public CompletionStage<List<Reply>> replies() {
          return answer;
        }

        @Override
        public void withdraw() {
          withdrawn.set(true);
          answer.complete(List.of(Reply.of(451, "4.3.0", "Nobody hears this")));
        }
      };

  @TempDir private Path directory;

  private TestServer start() throws IOException {
    TestServer server = TestServer.start(settings);
    server.receiver().onMessage = mail -> pending;
    return server;
  }

  private static void awaitMessage(TestServer server) throws Exception {
    Await.until("message given", () -> !server.receiver().mails.isEmpty());
  }

  private void awaitWithdrawal(TestServer server) throws Exception {
    Await.until("withdrawn", withdrawn::get);
    Await.until("gone", () -> server.server().statistics().sessionsOpen() == 0);
    Await.until("no content", () -> server.server().statistics().contentsHeld() == 0);
    Await.until("no buffers", () -> server.server().buffered() == 0);
  }

  @Test
  void aMessageWhoseClientHasResetTheConnectionIsWithdrawn() throws Exception {
    try (TestServer server = start();
        ServerTranscript client = server.connect()) {
      client.send(MESSAGE).hold(REPLIES);
      awaitMessage(server);
      client.reset();
      awaitWithdrawal(server);
    }
  }

  @Test
  void aMessageWhoseClientHasClosedTheConnectionIsWithdrawn() throws Exception {
    try (TestServer server = start();
        ServerTranscript client = server.connect()) {
      client.send(MESSAGE).hold(REPLIES);
      awaitMessage(server);
      client.socket().close();
      awaitWithdrawal(server);
    }
  }

  @Test
  void aMessageWhoseClientHasEndedTlsIsWithdrawn() throws Exception {
    settings.tlsPolicy = TlsPolicy.IMPLICIT;
    settings.tls =
        Optional.of(
            TlsConfig.of(
                List.of(
                    TestCertificates.write(
                        directory,
                        "server",
                        TestCertificates.server(Algorithm.ecp256, "mx.example.com")))));
    try (TestServer server = start();
        ServerTranscript client = new ServerTranscript(server.address(), TlsClient.of())) {
      client.send(MESSAGE).hold(REPLIES);
      awaitMessage(server);
      ((SSLSocket) client.socket()).shutdownOutput();
      awaitWithdrawal(server);
    }
  }

  /** A script that pipes a session into netcat does this. */
  @Test
  void aClientThatEndsItsOutputBehindQuitHearsTheOutcome() throws Exception {
    try (TestServer server = start();
        ServerTranscript client = server.connect()) {
      client.send(MESSAGE + "QUIT\r\n");
      client.socket().shutdownOutput();
      client.hold(REPLIES);
      awaitMessage(server);
      answer.complete(List.of(TestReceiver.MESSAGE_OK));
      client.hold("S: 250 2.0.0 Taken\nS: 221 2.0.0\nS: EOF");
      assertThat(withdrawn).isFalse();
    }
  }

  @Test
  void littleIsReadAheadWhileAMessageIsUndecided() throws Exception {
    try (TestServer server = start();
        ServerTranscript client = server.connect()) {
      client.send(MESSAGE).hold(REPLIES);
      awaitMessage(server);
      String commands = "NOOP\r\n".repeat(1 << 20);
      CompletableFuture<Void> flood = sending(client, commands);
      try (ServerTranscript other = server.connect()) {
        other.hold("S: 220" + "\nC: NOOP\nS: 250 2.0.0".repeat(100));
      }
      assertThat(server.server().buffered()).isLessThan(256 << 10);
      assertThat(flood).isNotDone();
      client.reset();
    }
  }

  /** The replies are longer than the commands, so they must not be made before they are taken. */
  @Test
  void aClientThatTakesNoRepliesFillsNoMemoryAndIsDisconnected() throws Exception {
    settings.commandTimeout = Duration.ofSeconds(2);
    try (TestServer server = start();
        ServerTranscript client = server.connect()) {
      CompletableFuture<Void> flood = sending(client, "EHLO client.example\r\n".repeat(1 << 20));
      try (ServerTranscript other = server.connect()) {
        other.hold("S: 220" + "\nC: NOOP\nS: 250 2.0.0".repeat(100));
      }
      assertThat(server.server().buffered()).isLessThan(512 << 10);
      Await.until("disconnected", () -> server.server().statistics().sessionsOpen() == 0);
      flood.get();
    }
  }

  private static CompletableFuture<Void> sending(ServerTranscript client, String octets) {
    return CompletableFuture.runAsync(
        () -> {
          try {
            client.send(octets);
          } catch (IOException e) {
            // The server closes the connection in the end.
          }
        });
  }

  @Test
  void aResetAtAnyOctetLeavesNothing() throws Exception {
    answer.complete(List.of(TestReceiver.MESSAGE_OK));
    byte[] octets = (MESSAGE + "QUIT\r\n").getBytes(StandardCharsets.US_ASCII);
    try (TestServer server = start()) {
      for (int sent = 0; sent <= octets.length; sent++) {
        try (ServerTranscript client = server.connect()) {
          client.send(Arrays.copyOf(octets, sent)).reset();
        }
      }
      leavesNothing(server);
    }
  }

  @Test
  void anEndOfInputAtAnyOctetEndsTheSession() throws Exception {
    answer.complete(List.of(TestReceiver.MESSAGE_OK));
    byte[] octets = (MESSAGE + "QUIT\r\n").getBytes(StandardCharsets.US_ASCII);
    try (TestServer server = start()) {
      for (int sent = 0; sent <= octets.length; sent++) {
        try (ServerTranscript client = server.connect()) {
          client.send(Arrays.copyOf(octets, sent));
          client.socket().shutdownOutput();
          client.socket().getInputStream().readAllBytes();
        }
      }
      leavesNothing(server);
    }
  }

  private static void leavesNothing(TestServer server) throws Exception {
    Await.until("gone", () -> server.server().statistics().sessionsOpen() == 0);
    Await.until("no content", () -> server.server().statistics().contentsHeld() == 0);
    Await.until("no buffers", () -> server.server().buffered() == 0);
    try (ServerTranscript client = server.connect()) {
      client.hold("S: 220\nC: QUIT\nS: 221\nS: EOF");
    }
  }
}
