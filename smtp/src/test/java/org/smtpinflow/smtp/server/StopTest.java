// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.ConnectException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.smtpinflow.smtp.protocol.Reply;

@Timeout(60)
class StopTest {

  private static final String TRANSACTION =
      """
      S: 220
      C: EHLO client.example
      S: 250
      C: MAIL FROM:<>
      C: RCPT TO:<a@example.com>
      C: DATA
      S: 250 2.1.0
      S: 250 2.1.5
      S: 354
      """;

  private static CompletableFuture<Void> stop(TestServer server, Duration patience) {
    return CompletableFuture.runAsync(() -> server.server().stop(patience));
  }

  /** Waits until the server says that it stops. */
  private static void awaitDraining(TestServer server) throws Exception {
    Await.until(
        "draining",
        () -> {
          try (ServerTranscript client = server.connect()) {
            return client.reply().startsWith("421 4.3.2");
          }
        });
  }

  @Test
  void endsIdleSessionsAtOnce() throws Exception {
    try (TestServer server = TestServer.start();
        ServerTranscript client = server.connect();
        ServerTranscript greeted = server.connect()) {
      client.hold("S: 220");
      greeted.hold(
          """
          S: 220
          C: EHLO client.example
          S: 250
          """);
      server.server().stop(TestServer.PATIENCE);
      client.hold("S: 421 4.3.2\nS: EOF");
      greeted.hold("S: 421 4.3.2\nS: EOF");
      assertThatExceptionOfType(ConnectException.class).isThrownBy(server::connect);
    }
  }

  @Test
  void letsAnOpenTransactionEnd() throws Exception {
    CompletableFuture<List<Reply>> answer = new CompletableFuture<>();
    try (TestServer server = TestServer.start();
        ServerTranscript client = server.connect()) {
      server.receiver().onMessage = mail -> PendingMessage.of(answer);
      client.hold(TRANSACTION);
      CompletableFuture<Void> stopped = stop(server, TestServer.PATIENCE);
      awaitDraining(server);
      client.hold(
          """
          C: Subject: hello
          C:
          C: .
          """);
      Await.until("message given", () -> !server.receiver().mails.isEmpty());
      assertThat(stopped).isNotDone();
      answer.complete(List.of(TestReceiver.MESSAGE_OK));
      client.hold(
          """
          S: 250 2.0.0 Taken
          S: 421 4.3.2
          S: EOF
          """);
      stopped.get();
    }
  }

  @Test
  void endsATransactionWhenPatienceIsOver() throws Exception {
    try (TestServer server = TestServer.start();
        ServerTranscript client = server.connect();
        ServerTranscript deciding = server.connect()) {
      CompletableFuture<List<Reply>> answer = new CompletableFuture<>();
      server.receiver().onMessage = mail -> PendingMessage.of(answer);
      client.hold(TRANSACTION);
      deciding.hold(TRANSACTION + "C: .\n");
      Await.until("message given", () -> !server.receiver().mails.isEmpty());
      server.server().stop(Duration.ofMillis(50));
      client.hold("S: 421 4.3.2\nS: EOF");
      deciding.hold("S: 421 4.3.2\nS: EOF");
      assertThat(server.server().statistics().contentsHeld()).isEqualTo(1);
      answer.complete(List.of(TestReceiver.MESSAGE_OK));
      assertThat(server.server().statistics().contentsHeld()).isZero();
    }
  }

  @Test
  void freesThePortAHundredTimesInARow() throws Exception {
    int port = StartTest.freePort();
    for (int i = 0; i < 100; i++) {
      TestServer.Settings settings = new TestServer.Settings();
      settings.port = port;
      try (TestServer server = TestServer.start(settings);
          ServerTranscript client = server.connect()) {
        client.hold("S: 220");
        CompletableFuture<Void> stopped = stop(server, TestServer.PATIENCE);
        client.hold("S: 421\nS: EOF").socket().close();
        stopped.get();
      }
    }
  }

  @Test
  void canBeStoppedTwiceAndByTwo() throws Exception {
    TestServer server = TestServer.start();
    CompletableFuture<Void> first = stop(server, TestServer.PATIENCE);
    CompletableFuture<Void> second = stop(server, TestServer.PATIENCE);
    first.get();
    second.get();
    server.close();
  }

  @Test
  void cannotBeStoppedOnAnEventLoop() throws Exception {
    try (TestServer server = TestServer.start();
        ServerTranscript client = server.connect()) {
      CompletableFuture<Reply> thrown = new CompletableFuture<>();
      server.receiver().onRecipient =
          request -> {
            try {
              server.server().stop(TestServer.PATIENCE);
            } catch (IllegalStateException e) {
              thrown.completeExceptionally(e);
            }
            return CompletableFuture.completedStage(TestReceiver.RECIPIENT_OK);
          };
      client.hold(TRANSACTION);
      assertThatExceptionOfType(ExecutionException.class)
          .isThrownBy(thrown::get)
          .withCauseInstanceOf(IllegalStateException.class);
    }
  }
}
