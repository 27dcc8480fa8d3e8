// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.pkitesting.CertificateBuilder.Algorithm;
import io.netty.pkitesting.X509Bundle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.smtpinflow.smtp.protocol.SessionConfig.TlsPolicy;
import org.smtpinflow.smtp.tls.KeySource;
import org.smtpinflow.smtp.tls.LogRecords;
import org.smtpinflow.smtp.tls.TestCertificates;
import org.smtpinflow.smtp.tls.TlsConfig;
import org.smtpinflow.smtp.tls.TlsConfig.ClientCertificates;

@Timeout(120)
class CertificateReplacementTest {

  private static final String NAME = "mx.example.com";

  @TempDir private Path directory;

  private final AtomicBoolean enough = new AtomicBoolean();
  private final AtomicInteger sessions = new AtomicInteger();
  private final Set<Certificate> seen = ConcurrentHashMap.newKeySet();

  private TestServer start(KeySource files) throws Exception {
    TestServer.Settings settings = new TestServer.Settings();
    settings.tlsPolicy = TlsPolicy.IMPLICIT;
    settings.tls =
        Optional.of(
            new TlsConfig(
                List.of(files),
                ClientCertificates.NONE,
                Optional.empty(),
                Duration.ofSeconds(30),
                Duration.ofMillis(20)));
    return TestServer.start(settings);
  }

  /** One session after the other, each with a message; every second one may be resumed. */
  private void load(TestServer server) {
    try {
      TlsClient tls = TlsClient.of().name(NAME);
      while (!enough.get()) {
        try (ServerTranscript client = new ServerTranscript(server.address(), tls)) {
          seen.add(client.tls().getPeerCertificates()[0]);
          client.hold(
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
              C: Subject: hello
              C:
              C: .
              S: 250 2.0.0
              C: QUIT
              S: 221
              S: EOF
              """);
        }
        sessions.incrementAndGet();
        tls = sessions.get() % 2 == 0 ? tls : TlsClient.of().name(NAME);
      }
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void failsNoSessionUnderLoad() throws Exception {
    List<X509Bundle> certificates = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      certificates.add(
          TestCertificates.server(i % 2 == 0 ? Algorithm.ecp256 : Algorithm.rsa2048, NAME));
    }
    KeySource.PemFiles files = TestCertificates.write(directory, "mx", certificates.get(0));
    var threads = Executors.newFixedThreadPool(3);
    try (TestServer server = start(files)) {
      try (ServerTranscript early =
          new ServerTranscript(server.address(), TlsClient.of().name(NAME))) {
        List<CompletableFuture<Void>> loads = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
          loads.add(CompletableFuture.runAsync(() -> load(server), threads));
        }
        for (X509Bundle certificate : certificates) {
          TestCertificates.write(directory, "mx", certificate);
          Await.until(
              "new certificate is seen",
              () -> {
                loads.stream().filter(CompletableFuture::isDone).forEach(CompletableFuture::join);
                return seen.contains(certificate.getCertificate());
              });
        }
        enough.set(true);
        for (CompletableFuture<Void> load : loads) {
          load.get(30, TimeUnit.SECONDS);
        }
        early.hold("S: 220\nC: QUIT\nS: 221\nS: EOF");
      }
      Await.until("all ended", () -> server.server().statistics().sessionsOpen() == 0);
      ServerStatistics statistics = server.server().statistics();
      assertThat(sessions.get()).isGreaterThanOrEqualTo(5);
      assertThat(statistics.messagesAccepted()).isEqualTo(sessions.get());
      assertThat(statistics.tls().handshakes()).isEqualTo(sessions.get() + 1);
      assertThat(statistics.tls().handshakesFailed()).isZero();
      assertThat(statistics.tls().certificatesReplaced()).isEqualTo(4);
      assertThat(server.server().buffered()).isZero();
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void keepsTheOldOneWhenTheNewOneIsBroken() throws Exception {
    X509Bundle first = TestCertificates.server(Algorithm.ecp256, NAME);
    X509Bundle second = TestCertificates.server(Algorithm.ecp256, NAME);
    KeySource.PemFiles files = TestCertificates.write(directory, "mx", first);
    try (LogRecords log = new LogRecords();
        TestServer server = start(files)) {
      Files.writeString(files.certificate(), "nonsense");
      Await.until("noticed", () -> server.server().statistics().tls().replacementsFailed() == 1);
      assertThat(log.with("stay in use"))
          .singleElement()
          .asString()
          .startsWith("WARNING")
          .contains(files.certificate().toString(), "no certificate in PEM");
      assertThat(shownBy(server)).isEqualTo(first.getCertificate());
      TestCertificates.write(directory, "mx", second);
      Await.until("used", () -> server.server().statistics().tls().certificatesReplaced() == 1);
      assertThat(shownBy(server)).isEqualTo(second.getCertificate());
    }
  }

  private static Certificate shownBy(TestServer server) throws Exception {
    try (ServerTranscript client =
        new ServerTranscript(server.address(), TlsClient.of().name(NAME))) {
      client.hold("S: 220\nC: QUIT\nS: 221\nS: EOF");
      return client.tls().getPeerCertificates()[0];
    }
  }
}
