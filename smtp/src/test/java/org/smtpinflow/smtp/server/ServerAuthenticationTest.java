// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.pkitesting.CertificateBuilder.Algorithm;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.smtpinflow.api.Client;
import org.smtpinflow.api.MailServerStatistics;
import org.smtpinflow.smtp.protocol.SessionConfig.Authentication;
import org.smtpinflow.smtp.protocol.SessionConfig.TlsPolicy;
import org.smtpinflow.smtp.sasl.SaslExchange;
import org.smtpinflow.smtp.sasl.SaslMechanism;
import org.smtpinflow.smtp.sasl.SaslOutcome;
import org.smtpinflow.smtp.sasl.SecureChannel;
import org.smtpinflow.smtp.tls.LogRecords;
import org.smtpinflow.smtp.tls.TestCertificates;
import org.smtpinflow.smtp.tls.TlsConfig;

@Timeout(60)
class ServerAuthenticationTest {

  @TempDir private Path directory;

  private final TestServer.Settings settings = new TestServer.Settings();
  private final AtomicInteger asked = new AtomicInteger();
  private volatile Function<String, SaslOutcome> check =
      response ->
          response.equals("right")
              ? new SaslOutcome.Accepted(new Client.Identity("alice\r\n", Set.of()))
              : new SaslOutcome.Refused();

  @BeforeEach
  void offerAuthentication() throws Exception {
    settings.tlsPolicy = TlsPolicy.IMPLICIT;
    settings.tls =
        Optional.of(
            TlsConfig.of(
                List.of(
                    TestCertificates.write(
                        directory,
                        "mx",
                        TestCertificates.server(Algorithm.ecp256, "mx.example.com")))));
    settings.authentication = new Authentication(List.of(new Mechanism()), false, 100, false);
    settings.throttle = new ServerConfig.Throttle(Duration.ofMillis(1), 20, Duration.ofHours(1));
  }

  /** Says what {@link #check} says of the first response. */
  private final class Mechanism implements SaslMechanism {

    @Override
    public String name() {
      return "TEST";
    }

    @Override
    public boolean isOfferedOn(SecureChannel channel) {
      return true;
    }

    @Override
    public SaslExchange begin(SecureChannel channel) {
      return response -> {
        asked.incrementAndGet();
        return check.apply(new String(response.orElseThrow(), StandardCharsets.UTF_8));
      };
    }
  }

  private static String auth(String response) {
    return "C: AUTH TEST "
        + Base64.getEncoder().encodeToString(response.getBytes(StandardCharsets.UTF_8))
        + "\n";
  }

  private ServerTranscript connect(TestServer server) throws Exception {
    return new ServerTranscript(server.address(), TlsClient.of())
        .hold("S: 220\nC: EHLO client.example\nS: 250");
  }

  @Test
  void tellsWhoSentAMessageAndLogsIt() throws Exception {
    try (LogRecords log = new LogRecords();
        TestServer server = TestServer.start(settings);
        ServerTranscript client = connect(server)) {
      client.hold(
          auth("wrong")
              + "S: 535 5.7.8\n"
              + auth("right")
              + """
              S: 235 2.7.0
              C: MAIL FROM:<>
              C: RCPT TO:<a@example.com>
              C: DATA
              S: 250 2.1.0
              S: 250 2.1.5
              S: 354
              C: .
              S: 250 2.0.0
              """);
      assertThat(server.receiver().mails.element().client().identity().orElseThrow().name())
          .isEqualTo("alice\r\n");
      assertThat(server.server().statistics().authentication())
          .isEqualTo(new MailServerStatistics.Authentication(1, 1, 0));
      String address = LogText.address(server.receiver().mails.element().client().remoteAddress());
      assertThat(log.with(" authenticate"))
          .containsExactly(
              "INFO client " + address + " failed to authenticate by TEST",
              "INFO client " + address + " authenticated as alice\\r\\n by TEST");
      String secret = Base64.getEncoder().encodeToString("wrong".getBytes(StandardCharsets.UTF_8));
      assertThat(log.with("wrong")).isEmpty();
      assertThat(log.with(secret)).isEmpty();
    }
  }

  @Test
  void asksOnAThreadThatMayBlockAndReadsNothingMeanwhile() throws Exception {
    CountDownLatch mayAnswer = new CountDownLatch(1);
    settings.authentication = new Authentication(List.of(new Mechanism()), false, 100, false);
    check = blocked(mayAnswer, new SaslOutcome.Accepted(new Client.Identity("alice", Set.of())));
    try (TestServer server = TestServer.start(settings);
        ServerTranscript blocked = connect(server)) {
      blocked.hold(auth("right") + "C: NOOP");
      Await.until("asked", () -> asked.get() == 1);
      // Both event loops carry others.
      for (int i = 0; i < 4; i++) {
        try (ServerTranscript other = connect(server)) {
          other.hold("C: QUIT\nS: 221\nS: EOF");
        }
      }
      mayAnswer.countDown();
      blocked.hold("S: 235 2.7.0\nS: 250 2.0.0");
    }
  }

  @Test
  void holdsRefusalsBackForAMultipleOfATimeThatDoubles() throws Exception {
    settings.throttle = new ServerConfig.Throttle(Duration.ofMillis(150), 20, Duration.ofHours(1));
    try (TestServer server = TestServer.start(settings);
        ServerTranscript client = connect(server)) {
      for (int millis : List.of(150, 300, 600)) {
        long began = System.nanoTime();
        client.hold(auth("wrong") + "S: 535 5.7.8");
        assertThat(Duration.ofNanos(System.nanoTime() - began))
            .isGreaterThanOrEqualTo(Duration.ofMillis(millis));
      }
      long began = System.nanoTime();
      client.hold(auth("right") + "S: 235 2.7.0");
      assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofMillis(1200));
    }
    assertThat(AuthenticationAttempts.remaining(100, 0)).isEqualTo(100);
    assertThat(AuthenticationAttempts.remaining(100, 30)).isEqualTo(70);
    assertThat(AuthenticationAttempts.remaining(100, 130)).isEqualTo(70);
  }

  @Test
  void cutsAClientOffOverAllItsSessionsWithoutAskingTheMechanism() throws Exception {
    try (LogRecords log = new LogRecords();
        TestServer server = TestServer.start(settings)) {
      for (int session = 0; session < 4; session++) {
        try (ServerTranscript client = connect(server)) {
          client.hold((auth("wrong") + "S: 535 5.7.8\n").repeat(5));
        }
      }
      assertThat(asked).hasValue(20);
      for (int i = 0; i < 50; i++) {
        try (ServerTranscript client = connect(server)) {
          client.hold(auth("right") + "S: 421 4.7.0\nS: EOF");
        }
      }
      assertThat(asked).hasValue(20);
      assertThat(server.server().statistics().authentication())
          .isEqualTo(new MailServerStatistics.Authentication(0, 20, 50));
      assertThat(log.with(" is cut off from AUTH: ")).hasSize(1);
    }
  }

  /** A check that blocks until it may go on. */
  private Function<String, SaslOutcome> blocked(CountDownLatch mayGoOn, SaslOutcome outcome) {
    return response -> {
      try {
        mayGoOn.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      return outcome;
    };
  }

  @Test
  void countsAnAttemptWhoseClientDisconnectsBeforeTheVerdict() throws Exception {
    CountDownLatch mayGoOn = new CountDownLatch(1);
    check = blocked(mayGoOn, new SaslOutcome.Refused());
    try (LogRecords log = new LogRecords();
        TestServer server = TestServer.start(settings)) {
      try (ServerTranscript client = connect(server)) {
        client.hold(auth("wrong"));
        Await.until("asked", () -> asked.get() == 1);
        client.socket().setSoLinger(true, 0);
      }
      mayGoOn.countDown();
      Await.until("failed", () -> server.server().statistics().authentication().failed() == 1);
      assertThat(log.with("failed to authenticate by TEST")).hasSize(1);
    }
  }

  /** Attempts that were made before the first one failed must not all be checked. */
  @Test
  void cutsOffAttemptsOfParallelSessionsThatWaitForAThread() throws Exception {
    CountDownLatch mayGoOn = new CountDownLatch(1);
    check = blocked(mayGoOn, new SaslOutcome.Refused());
    settings.authenticationThreads = 1;
    List<ServerTranscript> clients = new ArrayList<>();
    try (TestServer server = TestServer.start(settings)) {
      for (int i = 0; i < 30; i++) {
        clients.add(connect(server).hold(auth("wrong")));
      }
      Await.until("asked", () -> asked.get() == 1);
      mayGoOn.countDown();
      int refused = 0;
      for (ServerTranscript client : clients) {
        refused += client.reply().startsWith("535 5.7.8") ? 1 : 0;
      }
      assertThat(refused).isEqualTo(20);
      assertThat(asked).hasValue(20);
      assertThat(server.server().statistics().authentication())
          .isEqualTo(new MailServerStatistics.Authentication(0, 20, 10));
    } finally {
      for (ServerTranscript client : clients) {
        client.close();
      }
    }
  }

  @Test
  void answersAFailureOfTheMechanismAsTemporaryAndCountsItNot() throws Exception {
    check =
        response -> {
          throw new IllegalStateException("broken");
        };
    try (TestServer server = TestServer.start(settings);
        ServerTranscript client = connect(server)) {
      client.hold((auth("right") + "S: 454 4.7.0\n").repeat(30));
      assertThat(server.server().statistics().authentication())
          .isEqualTo(new MailServerStatistics.Authentication(0, 0, 0));
    }
  }

  @Test
  void stopsWhileAnAttemptIsHeldBack() throws Exception {
    settings.throttle = new ServerConfig.Throttle(Duration.ofMinutes(5), 20, Duration.ofHours(1));
    try (TestServer server = TestServer.start(settings);
        ServerTranscript client = connect(server)) {
      client.hold(auth("wrong"));
      Await.until("failed", () -> server.server().statistics().authentication().failed() == 1);
      server.server().stop(TestServer.PATIENCE);
      client.hold("S: 421 4.3.2\nS: EOF");
    }
  }
}
