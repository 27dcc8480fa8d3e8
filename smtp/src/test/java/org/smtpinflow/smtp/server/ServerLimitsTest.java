// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a server has for all sessions together, and how long it waits. */
@Timeout(60)
class ServerLimitsTest {

  private final TestServer.Settings settings = new TestServer.Settings();

  @Test
  void tooManySessions() throws Exception {
    settings.sessions = 1;
    refusesASecondSession("421 4.3.2 mx.example.com Too many sessions");
  }

  @Test
  void tooManySessionsOfAClient() throws Exception {
    settings.sessionsPerClient = 1;
    refusesASecondSession("421 4.7.0 mx.example.com Too many sessions from your address");
  }

  private void refusesASecondSession(String reply) throws Exception {
    try (TestServer server = TestServer.start(settings);
        ServerTranscript first = server.connect()) {
      first.hold("S: 220");
      try (ServerTranscript second = server.connect()) {
        second.hold("S: " + reply + "\nS: EOF");
      }
      assertThat(server.server().statistics().sessionsRefused()).isEqualTo(1);
      first.hold("C: QUIT\nS: 221\nS: EOF").close();
      Await.until("room for another session", () -> isGreeted(server));
    }
  }

  private static boolean isGreeted(TestServer server) throws IOException {
    try (ServerTranscript client = server.connect()) {
      return client.reply().startsWith("220");
    }
  }

  @Test
  void silenceBetweenCommandsEndsTheSession() throws Exception {
    settings.commandTimeout = Duration.ofMillis(50);
    try (TestServer server = TestServer.start(settings);
        ServerTranscript client = server.connect()) {
      client.hold("S: 220\nS: 421 4.4.2 No command\nS: EOF");
    }
  }

  @Test
  void silenceInContentEndsTheSession() throws Exception {
    settings.dataTimeout = Duration.ofMillis(50);
    try (TestServer server = TestServer.start(settings);
        ServerTranscript client = server.connect()) {
      client
          .hold(
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
              """)
          .send("half a message")
          .hold("S: 421 4.4.2 No message content\nS: EOF");
      assertThat(server.server().statistics().contentsHeld()).isZero();
    }
  }

  @Test
  void theBudgetIsForAllSessionsTogether() throws Exception {
    settings.threshold = 1 << 10;
    settings.budget = 4 << 10;
    String transaction =
        """
        S: 220
        C: EHLO client.example
        S: 250
        C: MAIL FROM:<>
        C: RCPT TO:<a@example.com>
        S: 250 2.1.0
        S: 250 2.1.5
        """;
    byte[] octets = new byte[3 << 10];
    java.util.Arrays.fill(octets, (byte) 'x');
    try (TestServer server = TestServer.start(settings);
        ServerTranscript first = server.connect();
        ServerTranscript second = server.connect()) {
      first.hold(transaction + "C: BDAT 3072\n").send(octets).hold("S: 250 2.0.0 Chunk");
      second.hold(transaction + "C: BDAT 3072 LAST\n").send(octets).hold("S: 452 4.3.1");
      first.hold("C: RSET\nS: 250 2.0.0");
      // Files are closed, and their octets given back, on another thread after the reply.
      Await.until("files gone", () -> server.server().statistics().diskOctets() == 0);
      second
          .hold(
              """
              C: MAIL FROM:<>
              C: RCPT TO:<a@example.com>
              C: BDAT 3072 LAST
              """)
          .send(octets)
          .hold("S: 250 2.1.0\nS: 250 2.1.5\nS: 250 2.0.0 Taken");
      assertThat(server.server().statistics().heapOctets()).isZero();
      Await.until("files gone", () -> server.server().statistics().diskOctets() == 0);
      Await.until("contents gone", () -> server.server().statistics().contentsHeld() == 0);
    }
  }

  /** Twenty slow sessions of one client held all of the budget, and everybody else heard 452. */
  @Test
  void noClientGetsSoMuchOfTheBudgetThatAnotherHears452() throws Exception {
    settings.threshold = 64 << 10;
    settings.budget = 100 << 10;
    String transaction =
        """
        S: 220
        C: EHLO client.example
        S: 250
        C: MAIL FROM:<>
        C: RCPT TO:<a@example.com>
        S: 250 2.1.0
        S: 250 2.1.5
        """;
    byte[] octets = new byte[4 << 10];
    List<ServerTranscript> slow = new ArrayList<>();
    try (TestServer server = TestServer.start(settings);
        ServerTranscript other = server.connectFrom("127.0.0.2")) {
      String reply = "250";
      while (reply.startsWith("250")) {
        ServerTranscript client = server.connect();
        slow.add(client);
        client.hold(transaction + "C: BDAT 4096\n").send(octets);
        reply = client.reply();
      }
      assertThat(reply).startsWith("452 4.3.1");
      assertThat(slow).hasSize(13);
      for (int i = 0; i < 3; i++) {
        other.hold(transaction.substring(i == 0 ? 0 : transaction.indexOf("C: MAIL")));
        other.hold("C: BDAT 4096 LAST\n").send(octets).hold("S: 250 2.0.0");
      }
    } finally {
      for (ServerTranscript client : slow) {
        client.close();
      }
    }
  }
}
