// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.smtpinflow.smtp.protocol.Reply;

@Timeout(60)
class PauseTest {

  private static final String GREETED = "S: 220\nC: EHLO client.example\nS: 250\n";

  private static final String REFUSED = "S: 421 4.3.2 mx.example.com Service is paused\nS: EOF";

  private static void assertThatMailIsTaken(TestServer server) throws IOException {
    try (ServerTranscript client = server.connect()) {
      client.hold(
          GREETED
              + """
              C: MAIL FROM:<>
              C: RCPT TO:<a@example.com>
              C: DATA
              S: 250 2.1.0
              S: 250 2.1.5
              S: 354
              C: .
              S: 250 2.0.0
              """);
    }
  }

  @Test
  void turnsClientsAwayUntilResumed() throws Exception {
    try (TestServer server = TestServer.start()) {
      assertThatMailIsTaken(server);
      for (int i = 1; i <= 3; i++) {
        server.server().pause();
        try (ServerTranscript client = server.connect()) {
          client.hold(REFUSED);
        }
        assertThat(server.server().statistics().sessionsRefused()).isEqualTo(i);
        server.server().resume();
        assertThatMailIsTaken(server);
      }
    }
  }

  @Test
  void endsSessionsThatHaveNoTransaction() throws Exception {
    try (TestServer server = TestServer.start();
        ServerTranscript greeted = server.connect()) {
      greeted.hold(GREETED);
      server.server().pause();
      greeted.hold("S: 421 4.3.2\nS: EOF");
      assertThat(server.server().awaitNoSessions(TestServer.PATIENCE)).isTrue();
    }
  }

  @Test
  void letsAnOpenTransactionEndAsItWouldHave() throws Exception {
    CompletableFuture<List<Reply>> answer = new CompletableFuture<>();
    try (TestServer server = TestServer.start();
        ServerTranscript client = server.connect()) {
      server.receiver().onMessage = mail -> PendingMessage.of(answer);
      client.hold(GREETED + "C: MAIL FROM:<>\nS: 250 2.1.0\n");
      server.server().pause();
      client.hold(
          """
          C: RCPT TO:<a@example.com>
          S: 250 2.1.5
          C: DATA
          S: 354
          C: .
          """);
      Await.until("message given", () -> !server.receiver().mails.isEmpty());
      assertThat(server.server().awaitNoSessions(Duration.ofMillis(20))).isFalse();
      answer.complete(List.of(TestReceiver.MESSAGE_OK));
      client.hold("S: 250 2.0.0\nS: 421 4.3.2\nS: EOF");
      assertThat(server.server().awaitNoSessions(TestServer.PATIENCE)).isTrue();
    }
  }

  @Test
  void canBePausedFromTheFirstMoment() throws Exception {
    TestServer.Settings settings = new TestServer.Settings();
    settings.paused = true;
    try (TestServer server = TestServer.start(settings);
        ServerTranscript client = server.connect()) {
      client.hold(REFUSED);
      server.server().resume();
      assertThatMailIsTaken(server);
    }
  }
}
