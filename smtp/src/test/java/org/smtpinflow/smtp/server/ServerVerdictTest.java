// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.ongres.scram.client.ScramClient;
import io.netty.pkitesting.CertificateBuilder.Algorithm;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.smtpinflow.api.MailServerStatistics;
import org.smtpinflow.smtp.protocol.SessionConfig.Authentication;
import org.smtpinflow.smtp.protocol.SessionConfig.TlsPolicy;
import org.smtpinflow.smtp.sasl.OauthConfig;
import org.smtpinflow.smtp.sasl.SaslConfig;
import org.smtpinflow.smtp.sasl.SaslMechanisms;
import org.smtpinflow.smtp.sasl.credentials.CredentialsFile;
import org.smtpinflow.smtp.sasl.scram.ScramMechanisms;
import org.smtpinflow.smtp.sasl.scram.ScramVerifier;
import org.smtpinflow.smtp.tls.LogRecords;
import org.smtpinflow.smtp.tls.TestCertificates;
import org.smtpinflow.smtp.tls.TlsConfig;

/** Mechanisms that tell their verdict in a challenge, which the client need not answer. */
@Timeout(60)
class ServerVerdictTest {

  /** {@code n,,^Aauth=Bearer x^A^A}, a token that nobody issued. */
  private static final String WRONG_TOKEN =
      """
      C: AUTH OAUTHBEARER biwsAWF1dGg9QmVhcmVyIHgBAQ==
      S: 334 eyJzdGF0dXMiOiJpbnZhbGlkX3Rva2VuIn0=
      """;

  @TempDir private Path directory;

  private final TestServer.Settings settings = new TestServer.Settings();

  @BeforeEach
  void offerScramAndOauthbearer() throws Exception {
    settings.tlsPolicy = TlsPolicy.IMPLICIT;
    settings.tls =
        Optional.of(
            TlsConfig.of(
                List.of(
                    TestCertificates.write(
                        directory,
                        "mx",
                        TestCertificates.server(Algorithm.ecp256, "mx.example.com")))));
    Path credentials = directory.resolve("credentials");
    Files.writeString(
        credentials,
        "demo::" + ScramVerifier.of("pencil".toCharArray(), new byte[16], 4096).format() + "\n");
    Path keys = Files.writeString(directory.resolve("keys"), "{\"keys\":[]}");
    SaslConfig sasl =
        new SaslConfig(
            List.of("SCRAM-SHA-256", "OAUTHBEARER"),
            Optional.empty(),
            Optional.of(ScramMechanisms.of(CredentialsFile.at(credentials))),
            Optional.of(new OauthConfig("issuer", "audience", keys.toUri(), "sub", "groups")));
    settings.authentication = new Authentication(SaslMechanisms.of(sasl), false, 100, false);
    settings.errors = 1000;
    settings.throttle = new ServerConfig.Throttle(Duration.ofMillis(1), 20, Duration.ofHours(1));
  }

  private ServerTranscript connect(TestServer server) throws Exception {
    return new ServerTranscript(server.address(), TlsClient.of())
        .hold("S: 220\nC: EHLO client.example\nS: 250");
  }

  /** Sends a proof, right or wrong, and returns the server's last challenge, decoded. */
  private static String prove(ServerTranscript client, String password) throws Exception {
    ScramClient scram =
        ScramClient.builder()
            .advertisedMechanisms(List.of("SCRAM-SHA-256"))
            .username("demo")
            .password(password.toCharArray())
            .build();
    client.send("AUTH SCRAM-SHA-256 " + base64(scram.clientFirstMessage().toString()) + "\r\n");
    scram.serverFirstMessage(challenge(client));
    client.send(base64(scram.clientFinalMessage().toString()) + "\r\n");
    return challenge(client);
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String challenge(ServerTranscript client) throws Exception {
    String reply = client.reply();
    assertThat(reply).startsWith("334 ");
    return new String(Base64.getDecoder().decode(reply.substring(4)), StandardCharsets.UTF_8);
  }

  private static MailServerStatistics.Authentication counted(TestServer server) {
    return server.server().statistics().authentication();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "C: *\nS: 501 5.7.0",
        "C:\nS: 535 5.7.8",
        "C: AQ==\nS: 535 5.7.8",
        "C: NOOP\nS: 535 5.7.8",
        "C: not base64\nS: 501 5.5.2"
      })
  void aRefusalIsCountedAndLoggedOnceAndBeforeItIsToldWhateverTheClientAnswers(String answer)
      throws Exception {
    try (LogRecords log = new LogRecords();
        TestServer server = TestServer.start(settings);
        ServerTranscript client = connect(server)) {
      client.hold(WRONG_TOKEN);
      assertThat(counted(server)).isEqualTo(new MailServerStatistics.Authentication(0, 1, 0));
      assertThat(log.with("failed to authenticate by OAUTHBEARER")).hasSize(1);
      client.hold(answer + "\nC: NOOP\nS: 250 2.0.0");
      assertThat(counted(server)).isEqualTo(new MailServerStatistics.Authentication(0, 1, 0));
      assertThat(log.with("authenticate")).hasSize(1);
    }
  }

  @Test
  void aSuccessIsCountedAndLoggedBeforeItIsTold() throws Exception {
    try (LogRecords log = new LogRecords();
        TestServer server = TestServer.start(settings);
        ServerTranscript client = connect(server)) {
      assertThat(prove(client, "pencil")).startsWith("v=");
      assertThat(counted(server)).isEqualTo(new MailServerStatistics.Authentication(1, 0, 0));
      assertThat(log.with("authenticated as demo by SCRAM-SHA-256")).hasSize(1);
      client.hold("C: *\nS: 501 5.7.0");
      assertThat(prove(client, "pencil")).startsWith("v=");
      client.hold("C:\nS: 235 2.7.0\nC: AUTH SCRAM-SHA-256\nS: 503 5.5.1");
      assertThat(counted(server)).isEqualTo(new MailServerStatistics.Authentication(2, 0, 0));
    }
  }

  @Test
  void aClientThatReadsTheVerdictAndCancelsIsCutOffLikeAnyOther() throws Exception {
    try (TestServer server = TestServer.start(settings);
        ServerTranscript client = connect(server)) {
      for (int guess = 0; guess < 20; guess++) {
        assertThat(prove(client, "guess" + guess)).isEqualTo("e=invalid-proof");
        client.hold("C: *\nS: 501 5.7.0");
      }
      client.hold("C: AUTH SCRAM-SHA-256\nS: 421 4.7.0\nS: EOF");
      assertThat(counted(server)).isEqualTo(new MailServerStatistics.Authentication(0, 20, 1));
    }
  }

  @Test
  void aClientThatReadsTheVerdictAndHangsUpIsCutOffLikeAnyOther() throws Exception {
    try (TestServer server = TestServer.start(settings)) {
      for (int guess = 0; guess < 20; guess++) {
        try (ServerTranscript client = connect(server)) {
          client.hold(WRONG_TOKEN);
        }
      }
      try (ServerTranscript client = connect(server)) {
        client.hold("C: AUTH SCRAM-SHA-256\nS: 421 4.7.0\nS: EOF");
      }
    }
  }

  @Test
  void aRefusalIsHeldBackBeforeItIsTold() throws Exception {
    settings.throttle = new ServerConfig.Throttle(Duration.ofMillis(150), 20, Duration.ofHours(1));
    try (TestServer server = TestServer.start(settings);
        ServerTranscript client = connect(server)) {
      for (int millis : List.of(150, 300, 600)) {
        long began = System.nanoTime();
        client.hold(WRONG_TOKEN);
        assertThat(Duration.ofNanos(System.nanoTime() - began))
            .isGreaterThanOrEqualTo(Duration.ofMillis(millis));
        client.hold("C: *\nS: 501 5.7.0");
      }
    }
  }

  @Test
  void failuresOfASessionAreCountedWhateverTheClientAnswers() throws Exception {
    settings.authentication =
        new Authentication(settings.authentication.mechanisms(), false, 3, false);
    try (TestServer server = TestServer.start(settings);
        ServerTranscript client = connect(server)) {
      client.hold((WRONG_TOKEN + "C: *\nS: 501 5.7.0\n").repeat(3) + "S: 421 4.7.0\nS: EOF");
    }
  }
}
