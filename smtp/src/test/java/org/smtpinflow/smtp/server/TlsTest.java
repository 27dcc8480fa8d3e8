// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.netty.pkitesting.CertificateBuilder.Algorithm;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.smtpinflow.api.Client;
import org.smtpinflow.smtp.protocol.RecipientDecision;
import org.smtpinflow.smtp.protocol.Reply;
import org.smtpinflow.smtp.protocol.SessionConfig.TlsPolicy;
import org.smtpinflow.smtp.tls.KeySource;
import org.smtpinflow.smtp.tls.LogRecords;
import org.smtpinflow.smtp.tls.TestCertificates;
import org.smtpinflow.smtp.tls.TlsConfig;
import org.smtpinflow.smtp.tls.TlsConfig.ClientCertificates;

/** TLS over real sockets. */
@Timeout(60)
class TlsTest {

  private static final X509Bundle RSA =
      TestCertificates.server(Algorithm.rsa2048, "mx.example.com");
  private static final X509Bundle EC = TestCertificates.server(Algorithm.ecp256, "mx.example.com");
  private static final X509Bundle ORG = TestCertificates.server(Algorithm.ecp256, "mx.example.org");

  private static final String STARTTLS =
      """
      S: 220 mx.example.com
      C: EHLO client.example
      S: 250
      C: STARTTLS
      S: 220 2.0.0
      """;

  private static final String ENVELOPE =
      """
      C: EHLO client.example
      S: 250
      C: MAIL FROM:<sender@example.org>
      C: RCPT TO:<support@example.com>
      S: 250 2.1.0
      S: 250 2.1.5
      """;

  private static final String MESSAGE =
      ENVELOPE
          + """
          C: DATA
          S: 354
          C: Subject: hello
          C:
          C: .
          """;

  @TempDir private Path directory;

  private TestServer.Settings settings;

  @BeforeEach
  void offerTls() throws IOException {
    settings = new TestServer.Settings();
    settings.tlsPolicy = TlsPolicy.OFFERED;
    settings.tls = Optional.of(tls(RSA, EC, ORG));
  }

  private TlsConfig tls(X509Bundle... bundles) throws IOException {
    return TlsConfig.of(keys(bundles));
  }

  private List<KeySource> keys(X509Bundle... bundles) throws IOException {
    KeySource[] sources = new KeySource[bundles.length];
    for (int i = 0; i < bundles.length; i++) {
      sources[i] = TestCertificates.write(directory, "server" + i, bundles[i]);
    }
    return List.of(sources);
  }

  private TestServer implicit() throws IOException {
    settings.tlsPolicy = TlsPolicy.IMPLICIT;
    return TestServer.start(settings);
  }

  private static Client.TlsSession tlsOfMail(TestServer server) {
    return server.receiver().mails.element().client().tls().orElseThrow();
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
  void takesAMessageAfterStartTls(String protocol) throws Exception {
    try (TestServer server = TestServer.start(settings);
        ServerTranscript client = server.connect()) {
      client.hold(STARTTLS);
      client.handshake(TlsClient.of().protocol(protocol).name("mx.example.com"));
      client.hold(
          MESSAGE
              + """
              S: 250 2.0.0 Taken
              C: QUIT
              S: 221 2.0.0
              S: EOF
              """);
      Client.TlsSession tls = tlsOfMail(server);
      assertThat(tls.protocol()).isEqualTo(protocol);
      assertThat(tls.cipherSuite()).isEqualTo(client.tls().getCipherSuite());
      assertThat(tls.serverName()).contains("mx.example.com");
      assertThat(tls.clientCertificate()).isEmpty();
      assertThat(server.server().statistics().tls().handshakes()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
  void takesAMessageInsideTls(String protocol) throws Exception {
    try (TestServer server = implicit();
        ServerTranscript client =
            new ServerTranscript(server.address(), TlsClient.of().protocol(protocol))) {
      client.hold(
          "S: 220 mx.example.com\n" + MESSAGE + "S: 250 2.0.0 Taken\nC: QUIT\nS: 221\nS: EOF");
      assertThat(tlsOfMail(server).protocol()).isEqualTo(protocol);
      assertThat(tlsOfMail(server).serverName()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"-tls1_1", "-tls1"})
  void refusesOldProtocols(String protocol) throws Exception {
    try (TestServer server = implicit()) {
      // The JDK of the client would not even try.
      assertThat(openssl(server, "", protocol, "-cipher", "ALL:@SECLEVEL=0"))
          .contains("alert protocol version")
          .doesNotContain("220 mx");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "mx.example.com, EC, TLSv1.3", "mx.example.com, RSA, TLSv1.3", "mx.example.org, EC, TLSv1.3",
    "mx.example.com, EC, TLSv1.2", "mx.example.com, RSA, TLSv1.2", "mx.example.org, EC, TLSv1.2"
  })
  void picksTheCertificate(String name, String keyType, String protocol) throws Exception {
    X509Bundle expected = keyType.equals("RSA") ? RSA : name.equals("mx.example.com") ? EC : ORG;
    String algorithms = keyType.equals("RSA") ? "RSA+SHA256:rsa_pss_rsae_sha256" : "ECDSA+SHA256";
    try (TestServer server = implicit()) {
      String output =
          openssl(
              server,
              "",
              "-servername",
              name,
              "-sigalgs",
              algorithms,
              protocol.equals("TLSv1.3") ? "-tls1_3" : "-tls1_2",
              "-showcerts");
      assertThat(output).contains(expected.getCertificatePEM().replace("\r", "").trim());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
  void prefersItsOwnOrderOfSuites(String protocol) throws Exception {
    try (TestServer server = implicit();
        ServerTranscript client =
            new ServerTranscript(
                server.address(),
                TlsClient.of()
                    .protocol(protocol)
                    .with(
                        p ->
                            p.setCipherSuites(
                                new String[] {
                                  "TLS_AES_256_GCM_SHA384",
                                  "TLS_AES_128_GCM_SHA256",
                                  "TLS_RSA_WITH_AES_128_GCM_SHA256",
                                  "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
                                  "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"
                                })))) {
      assertThat(client.tls().getCipherSuite())
          .isEqualTo(
              protocol.equals("TLSv1.3")
                  ? "TLS_AES_128_GCM_SHA256"
                  : "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256");
    }
  }

  @Test
  void hasNoSuiteWithoutForwardSecrecy() throws Exception {
    try (TestServer server = implicit()) {
      TlsClient old =
          TlsClient.of()
              .protocol("TLSv1.2")
              .with(p -> p.setCipherSuites(new String[] {"TLS_RSA_WITH_AES_128_GCM_SHA256"}));
      assertThatExceptionOfType(SSLHandshakeException.class)
          .isThrownBy(() -> new ServerTranscript(server.address(), old));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ffdhe2048", "ffdhe3072", "ffdhe4096", "ffdhe6144", "ffdhe8192"})
  void agreesOnNoFiniteFieldGroupInTls13(String group) throws Exception {
    try (TestServer server = implicit()) {
      assertThat(openssl(server, "", "-tls1_3", "-groups", group))
          .contains("SSL alert number", "Cipher is (NONE)")
          .doesNotContain("220 mx");
    }
  }

  @Test
  void hasNoSuiteWithFiniteFieldDiffieHellman() throws Exception {
    try (TestServer server = implicit()) {
      assertThat(openssl(server, "", "-tls1_2", "-cipher", "DHE-RSA-AES128-GCM-SHA256:@SECLEVEL=0"))
          .contains("SSL alert number", "Cipher is (NONE)")
          .doesNotContain("220 mx");
    }
  }

  /** A client that has nothing in common but a curve must still get through. */
  @ParameterizedTest
  @CsvSource({
    "x25519, -tls1_3", "secp256r1, -tls1_3", "secp384r1, -tls1_3", "secp521r1, -tls1_3",
    "x25519, -tls1_2", "secp256r1, -tls1_2", "secp384r1, -tls1_2", "secp521r1, -tls1_2"
  })
  void agreesOnEveryCurve(String group, String protocol) throws Exception {
    try (TestServer server = implicit()) {
      assertThat(openssl(server, "", protocol, "-groups", group))
          .contains("Server Temp Key: ")
          .doesNotContain("Cipher is (NONE)");
    }
  }

  @Test
  void doesNotRenegotiate() throws Exception {
    try (TestServer server = implicit()) {
      String output = openssl(server, "R\n", "-tls1_2");
      assertThat(output).contains("RENEGOTIATING").contains("alert").doesNotContain("250 2.0.0");
    }
  }

  /** What a man in the middle puts behind the command must not be taken as said inside TLS. */
  @Test
  void readsNoCommandBehindStartTlsInTheSameSegment() throws Exception {
    try (TestServer server = TestServer.start(settings);
        ServerTranscript client = server.connect()) {
      client.hold(
          """
          S: 220
          C: EHLO client.example
          S: 250
          C: STARTTLS
          C: MAIL FROM:<injected@example.org>
          S: 421
          S: EOF
          """);
      assertThat(server.server().statistics().tls().handshakes()).isZero();
    }
  }

  /** The session is offered its input in parts; the end of one is not the end of the input. */
  @Test
  void readsNoCommandBehindStartTlsWhereAPartOfTheInputEnds() throws Exception {
    try (TestServer server = TestServer.start(settings);
        ServerTranscript client = server.connect()) {
      client.hold("S: 220");
      String commands = "EHLO client.example\r\n" + "NOOP\r\n".repeat(1350);
      String filling = "NOOP " + "x".repeat((8 << 10) - commands.length() - 17) + "\r\n";
      String first = commands + filling + "STARTTLS\r\n";
      assertThat(first).hasSize(8 << 10);
      client.send(first + "MAIL FROM:<injected@example.org>\r\n");
      String last = client.reply();
      String reply = last;
      while (reply != null) {
        assertThat(reply).doesNotStartWith("220").doesNotContain("2.1.0");
        last = reply;
        reply = client.reply();
      }
      assertThat(last).startsWith("421");
    }
  }

  @Test
  void readsNoCommandBehindStartTlsInALaterSegment() throws Exception {
    try (LogRecords log = new LogRecords();
        TestServer server = TestServer.start(settings);
        ServerTranscript client = server.connect()) {
      client.hold(STARTTLS);
      client.send("MAIL FROM:<injected@example.org>\r\n");
      InputStream in = client.socket().getInputStream();
      String answer;
      try {
        answer = new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
      } catch (IOException e) {
        answer = "";
      }
      assertThat(answer).doesNotContain("250");
      Await.until("gone", () -> server.server().statistics().sessionsOpen() == 0);
      assertThat(server.server().statistics().tls().handshakesFailed()).isEqualTo(1);
      assertThat(log.with("TLS handshake of"))
          .singleElement()
          .asString()
          .startsWith("FINE")
          .contains("not an SSL/TLS record");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
  void takesALargeMessageOctetForOctetWhileAnswersArePending(String protocol) throws Exception {
    byte[] random = new byte[15_000_000];
    new SecureRandom().nextBytes(random);
    byte[] content =
        ("Subject: large\r\n\r\n" + Base64.getMimeEncoder().encodeToString(random) + "\r\n")
            .getBytes(StandardCharsets.US_ASCII);
    CompletableFuture<RecipientDecision> recipient = new CompletableFuture<>();
    CompletableFuture<byte[]> received = new CompletableFuture<>();
    CompletableFuture<List<Reply>> answer = new CompletableFuture<>();
    try (TestServer server = implicit();
        ServerTranscript client =
            new ServerTranscript(server.address(), TlsClient.of().protocol(protocol))) {
      server.receiver().onRecipient = request -> recipient;
      server.receiver().onMessage =
          mail -> {
            received.completeAsync(() -> TestReceiver.octets(mail.content()));
            return PendingMessage.of(answer);
          };
      client.hold("S: 220\nC: EHLO client.example\nS: 250");
      // All of it is sent while the recipient is not decided on yet: most of it has to wait.
      CompletableFuture<Void> sent =
          CompletableFuture.runAsync(
              () -> {
                try {
                  client.send("MAIL FROM:<>\r\nRCPT TO:<a@example.com>\r\n");
                  client.send("BDAT " + content.length + " LAST\r\n");
                  client.send(content);
                  client.send("NOOP\r\n".repeat(90));
                } catch (IOException e) {
                  throw new IllegalStateException(e);
                }
              });
      client.hold("S: 250 2.1.0");
      assertThat(sent).isNotDone();
      assertThat(server.server().buffered()).isLessThan(512 << 10);
      recipient.complete(TestReceiver.RECIPIENT_OK);
      client.hold("S: 250 2.1.5");
      assertThat(received.get(30, TimeUnit.SECONDS)).isEqualTo(content);
      answer.complete(List.of(TestReceiver.MESSAGE_OK));
      client.hold("S: 250 2.0.0 Taken");
      sent.get(30, TimeUnit.SECONDS);
      client.hold("S: 250 2.0.0\n".repeat(90) + "C: QUIT\nS: 221\nS: EOF");
    }
  }

  @Test
  void endsWithTheClientsCloseNotify() throws Exception {
    try (TestServer server = implicit();
        ServerTranscript client = new ServerTranscript(server.address(), TlsClient.of())) {
      client.hold("S: 220");
      ((SSLSocket) client.socket()).shutdownOutput();
      client.hold("S: EOF");
      Await.until("gone", () -> server.server().statistics().sessionsOpen() == 0);
    }
  }

  @Test
  void asksForTheHandshakeOnce() throws Exception {
    try (TestServer server = implicit();
        ServerTranscript client = server.connect()) {
      client.send("EHLO client.example\r\n");
      assertThat(client.socket().getInputStream().readAllBytes()).doesNotContain((byte) '2');
      Await.until("gone", () -> server.server().statistics().sessionsOpen() == 0);
      assertThat(server.server().statistics().tls().handshakesFailed()).isEqualTo(1);
    }
  }

  @Test
  void leavesNothingOfHandshakesThatAreNotFinished() throws Exception {
    try (TestServer server = implicit()) {
      byte[] hello = TlsClient.clientHello();
      for (int i = 0; i < 40; i++) {
        try (ServerTranscript client = server.connect()) {
          OutputStream out = client.socket().getOutputStream();
          out.write(hello, 0, i % 2 == 0 ? hello.length : 1 + i * hello.length / 40);
          out.flush();
          if (i % 2 == 0) {
            assertThat(client.socket().getInputStream().read()).isNotNegative();
          }
        }
      }
      Await.until("failed", () -> server.server().statistics().tls().handshakesFailed() == 40);
      Await.until("gone", () -> server.server().statistics().sessionsOpen() == 0);
      assertThat(server.server().statistics().tls().handshakes()).isZero();
      assertThat(server.server().buffered()).isZero();
    }
  }

  @Test
  void limitsTheTimeOfAHandshake() throws Exception {
    settings.tls =
        Optional.of(
            new TlsConfig(
                keys(EC),
                ClientCertificates.NONE,
                Optional.empty(),
                Duration.ofMillis(200),
                Duration.ofSeconds(5)));
    try (TestServer server = TestServer.start(settings);
        ServerTranscript client = server.connect()) {
      client.hold(STARTTLS);
      assertThat(client.socket().getInputStream().readAllBytes()).isEmpty();
      assertThat(server.server().statistics().tls().handshakesFailed()).isEqualTo(1);
    }
  }

  @Test
  void holdsTheLimitOfSessionsBeforeAnyHandshake() throws Exception {
    settings.sessionsPerClient = 1;
    try (TestServer server = implicit();
        ServerTranscript client = new ServerTranscript(server.address(), TlsClient.of())) {
      client.hold("S: 220");
      assertThatIOException()
          .isThrownBy(() -> new ServerTranscript(server.address(), TlsClient.of()).close());
      assertThat(server.server().statistics().sessionsRefused()).isEqualTo(1);
      assertThat(server.server().statistics().tls().handshakes()).isEqualTo(1);
      assertThat(server.server().statistics().tls().handshakesFailed()).isZero();
    }
  }

  @Test
  void stopsDuringHandshakes() throws Exception {
    try (TestServer inside = implicit()) {
      settings.tlsPolicy = TlsPolicy.OFFERED;
      try (TestServer behind = TestServer.start(settings);
          ServerTranscript early = inside.connect();
          ServerTranscript late = behind.connect()) {
        late.hold(STARTTLS);
        early.send(TlsClient.clientHello());
        assertThat(early.socket().getInputStream().read()).isNotNegative();
        inside.server().stop(TestServer.PATIENCE);
        behind.server().stop(Duration.ofMillis(100));
        assertThat(inside.server().statistics().sessionsOpen()).isZero();
        assertThat(behind.server().statistics().sessionsOpen()).isZero();
        assertThat(inside.server().buffered() + behind.server().buffered()).isZero();
      }
    }
  }

  private TestServer withClientCertificates(ClientCertificates certificates) throws IOException {
    Path trusted = directory.resolve("trusted.pem");
    Files.writeString(trusted, TestCertificates.AUTHORITY.getCertificatePEM());
    settings.tls = Optional.of(TlsConfig.of(keys(EC), certificates, Optional.of(trusted)));
    return implicit();
  }

  private static X509Bundle known() {
    return TestCertificates.client(TestCertificates.AUTHORITY, "relay.example.org");
  }

  private static X509Bundle stranger() {
    return TestCertificates.client(
        TestCertificates.authority("CN=Test Authority"), "relay.example.org");
  }

  @ParameterizedTest
  @CsvSource({
    "OPTIONAL, TLSv1.3, true", "OPTIONAL, TLSv1.2, true",
    "OPTIONAL, TLSv1.3, false", "OPTIONAL, TLSv1.2, false",
    "REQUIRED, TLSv1.3, true", "REQUIRED, TLSv1.2, true"
  })
  void tellsTheClientsCertificateIfItIsTrusted(
      ClientCertificates certificates, String protocol, boolean trusted) throws Exception {
    X509Bundle certificate = trusted ? known() : stranger();
    try (TestServer server = withClientCertificates(certificates)) {
      TlsClient tls = TlsClient.withCertificate(certificate).protocol(protocol);
      // The second session is resumed.
      for (int i = 0; i < 2; i++) {
        try (ServerTranscript client = new ServerTranscript(server.address(), tls)) {
          client.hold("S: 220\n" + MESSAGE + "S: 250 2.0.0 Taken\nC: QUIT\nS: 221\nS: EOF");
        }
      }
      Optional<X509Certificate> expected =
          trusted ? Optional.of(certificate.getCertificate()) : Optional.empty();
      assertThat(server.receiver().mails)
          .hasSize(2)
          .allSatisfy(
              mail ->
                  assertThat(mail.client().tls().orElseThrow().clientCertificate())
                      .isEqualTo(expected));
    }
  }

  @Test
  void takesClientsWithoutACertificateIfThatIsOptional() throws Exception {
    try (TestServer server = withClientCertificates(ClientCertificates.OPTIONAL);
        ServerTranscript client = new ServerTranscript(server.address(), TlsClient.of())) {
      client.hold("S: 220\n" + MESSAGE + "S: 250 2.0.0 Taken");
      assertThat(tlsOfMail(server).clientCertificate()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void refusesClientsWithoutATrustedCertificateIfThatIsRequired(boolean has) throws Exception {
    TlsClient tls = has ? TlsClient.withCertificate(stranger()) : TlsClient.of();
    try (TestServer server = withClientCertificates(ClientCertificates.REQUIRED)) {
      assertThatIOException()
          .isThrownBy(
              () -> {
                try (ServerTranscript client = new ServerTranscript(server.address(), tls)) {
                  client.hold("S: 220");
                }
              });
      Await.until("failed", () -> server.server().statistics().tls().handshakesFailed() == 1);
    }
  }

  @Test
  void resumesSessions() throws Exception {
    try (TestServer server = implicit()) {
      TlsClient tls = TlsClient.of();
      long began = 0;
      for (int i = 0; i < 2; i++) {
        try (ServerTranscript client = new ServerTranscript(server.address(), tls)) {
          client.hold("S: 220\nC: QUIT\nS: 221\nS: EOF");
          SSLSession session = client.tls();
          assertThat(i == 0 || session.getCreationTime() == began).isTrue();
          began = session.getCreationTime();
        }
      }
    }
  }

  @Test
  void speaksWithOpensslAfterStartTls() throws Exception {
    try (TestServer server = TestServer.start(settings)) {
      String output =
          openssl(server, "EHLO client.example\nQUIT\n", "-starttls", "smtp", "-quiet", "-crlf");
      assertThat(output)
          .contains("250-mx.example.com", "221 2.0.0")
          .doesNotContain("unexpected eof", "SSL routines");
    }
  }

  /** Runs a client with an input that does not end before the session does, unless it is empty. */
  private String openssl(TestServer server, String input, String... arguments) throws Exception {
    Path stdout = directory.resolve("stdout");
    List<String> command =
        new ArrayList<>(
            List.of("openssl", "s_client", "-connect", "127.0.0.1:" + server.address().getPort()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(stdout.toFile());
    if (input.isEmpty()) {
      builder.redirectInput(Files.createFile(directory.resolve("empty")).toFile());
    }
    Process process;
    try {
      process = builder.start();
    } catch (IOException e) {
      Assumptions.abort("openssl is not installed");
      throw e;
    }
    try {
      if (!input.isEmpty()) {
        process.getOutputStream().write(input.getBytes(StandardCharsets.US_ASCII));
        process.getOutputStream().flush();
      }
      boolean ended = process.waitFor(20, TimeUnit.SECONDS);
      String output = Files.readString(stdout);
      assertThat(ended).as(output).isTrue();
      return output;
    } finally {
      process.destroyForcibly();
    }
  }
}
