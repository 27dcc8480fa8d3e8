// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.Socket;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.smtpinflow.it.admin.SecureAdapter;
import org.smtpinflow.it.app.StoringBean;
import org.smtpinflow.it.client.SmtpConnection;
import org.smtpinflow.it.client.Submission;
import org.smtpinflow.it.client.TestCertificates;
import org.smtpinflow.it.client.TlsClient;
import org.smtpinflow.it.container.Archives;
import org.smtpinflow.it.container.ServerLog;
import org.smtpinflow.it.environment.Await;
import org.smtpinflow.it.environment.TestEnvironment;

/** Certificates are replaced while mail comes in. */
@ExtendWith(ArquillianExtension.class)
class CertificateReplacementIT {

  private static final SecureAdapter ADAPTER = new SecureAdapter("replacement");

  private static final int CLIENTS = 3;
  private static final int MESSAGES_PER_SESSION = 3;
  private static final String UNUSABLE = "replaced certificates cannot be used";

  @Deployment(testable = false)
  static EnterpriseArchive application() {
    return Archives.application("replacement", Archives.adapter(ADAPTER.tls()), StoringBean.class);
  }

  /** Clients that send through TLS all the time, and expect that nothing ever fails. */
  private static final class Load implements AutoCloseable {

    private final AtomicInteger sessions = new AtomicInteger();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean ending;

    Load() {
      for (int i = 0; i < CLIENTS; i++) {
        Thread thread = new Thread(this::send, "load-" + i);
        threads.add(thread);
        thread.start();
      }
    }

    private void send() {
      while (!ending) {
        try (SmtpConnection session = TlsClient.of().startTls(TestEnvironment.SMTP_PORT)) {
          for (int i = 0; i < MESSAGES_PER_SESSION; i++) {
            String reply = Submission.send(session, "load@store.example");
            if (!reply.startsWith("250 2.0.0 ")) {
              failures.add(reply);
            }
          }
          sessions.incrementAndGet();
        } catch (IOException e) {
          failures.add(e.toString());
        }
      }
    }

    void awaitFurtherSessions() {
      int wanted = sessions.get() + 2 * CLIENTS;
      Await.until("sessions", () -> sessions.get() >= wanted || !failures.isEmpty());
      assertThat(failures).isEmpty();
    }

    @Override
    public void close() {
      ending = true;
      for (Thread thread : threads) {
        Await.until("the end of " + thread.getName(), () -> !thread.isAlive());
      }
    }
  }

  /** Replaces certificate and key as certbot does: each in one step, but not both in one. */
  private static void replace(X509Bundle bundle) throws IOException {
    TestCertificates.replace(ADAPTER.file("fullchain.pem"), bundle.getCertificatePathPEM());
    TestCertificates.replace(ADAPTER.file("privkey.pem"), bundle.getPrivateKeyPEM());
  }

  /** Returns the serial number of the certificate that a session gets that begins now. */
  private static BigInteger shown() {
    try (SmtpConnection connection =
        new SmtpConnection(
            new Socket(InetAddress.getLoopbackAddress(), TestEnvironment.SUBMISSIONS_PORT))) {
      return ((X509Certificate) connection.secure(TlsClient.of()).getPeerCertificates()[0])
          .getSerialNumber();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void awaitNew(X509Bundle bundle) {
    BigInteger serial = bundle.getCertificate().getSerialNumber();
    Await.until("the new certificate", () -> shown().equals(serial));
  }

  @Test
  void newSessionsSeeTheNewOneAndNoneFails() throws IOException {
    ServerLog log = new ServerLog();
    X509Bundle second = TestCertificates.server(SecureAdapter.NAME);
    X509Bundle third = TestCertificates.server(SecureAdapter.NAME);
    try (SmtpConnection open = TlsClient.of().startTls(TestEnvironment.SMTP_PORT);
        Load load = new Load()) {
      assertThat(shown()).isEqualTo(ADAPTER.certificate().getCertificate().getSerialNumber());
      load.awaitFurtherSessions();

      replace(second);
      awaitNew(second);
      load.awaitFurtherSessions();

      TestCertificates.replace(ADAPTER.file("fullchain.pem"), "-----BEGIN NOTHING-----\n");
      Await.until("a line in the log", () -> log.text().contains(UNUSABLE));
      load.awaitFurtherSessions();
      assertThat(shown()).isEqualTo(second.getCertificate().getSerialNumber());

      replace(third);
      awaitNew(third);
      load.awaitFurtherSessions();
      assertThat(Submission.send(open, "old@store.example")).startsWith("250 2.0.0 ");
    }
    assertThat(log.text()).containsOnlyOnce(UNUSABLE);
    assertThat(log.records(ServerLog.Level.WARNING))
        .filteredOn(record -> record.contains(UNUSABLE))
        .singleElement()
        .satisfies(record -> assertThat(record).contains("fullchain.pem"));
    assertThat(log.records(ServerLog.Level.INFO))
        .filteredOn(record -> record.contains("certificates were replaced"))
        .hasSize(2)
        .allMatch(record -> record.contains("CN=" + SecureAdapter.NAME));
  }
}
