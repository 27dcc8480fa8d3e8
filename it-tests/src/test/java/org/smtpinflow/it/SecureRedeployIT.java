// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.smtpinflow.it.admin.SecureAdapter;
import org.smtpinflow.it.app.SenderBean;
import org.smtpinflow.it.client.SaslClient;
import org.smtpinflow.it.client.SmtpConnection;
import org.smtpinflow.it.client.Submission;
import org.smtpinflow.it.client.TestCertificates;
import org.smtpinflow.it.client.TlsClient;
import org.smtpinflow.it.container.Archives;
import org.smtpinflow.it.container.Container;
import org.smtpinflow.it.container.Leftovers;
import org.smtpinflow.it.environment.TestEnvironment;

/** Applications with TLS and authentication come and go, and nothing stays behind. */
@ExtendWith(ArquillianExtension.class)
class SecureRedeployIT {

  private static final String APPLICATION = "secure-redeploy";

  /** More than the class loaders that a server and others may keep: see {@link Leftovers}. */
  private static final int REDEPLOYMENTS = 10;

  private static final String USER = "redeployer";
  private static final String PASSWORD = "redeployer-1-pw";

  private static final SecureAdapter ADAPTER = new SecureAdapter(APPLICATION);

  @ArquillianResource private Deployer deployer;

  @Deployment(name = APPLICATION, managed = false, testable = false)
  static EnterpriseArchive application() {
    return Archives.application(
        APPLICATION, ADAPTER.archive(Map.of("settleTime", "0")), SenderBean.class);
  }

  private static void deliver(
      TlsClient client, String reply, SaslClient.Authentication authentication) throws IOException {
    try (SmtpConnection session = client.submissions()) {
      assertThat(authentication.with(new SaslClient(session))).startsWith(reply);
      if (reply.equals("235 ")) {
        assertThat(Submission.send(session, "redeployed@sender.example")).startsWith("250 2.0.0 ");
      }
    }
  }

  /** Each mechanism uses different classes and libraries. */
  private static void useAll() throws IOException {
    TlsClient client = TlsClient.of();
    deliver(client, "235 ", sasl -> sasl.plain(USER, PASSWORD));
    deliver(client, "235 ", sasl -> sasl.login(USER, PASSWORD));
    deliver(client, "235 ", sasl -> sasl.scram(USER, PASSWORD));
    deliver(
        client,
        "235 ",
        sasl -> sasl.scramPlus(USER, PASSWORD, ADAPTER.certificate().getCertificate()));
    deliver(
        client,
        "235 ",
        sasl -> sasl.oauthbearer(ADAPTER.issuer().token(USER, Duration.ofMinutes(5), "agent")));
    deliver(
        TlsClient.withCertificate(TestCertificates.client(TestCertificates.AUTHORITY, USER)),
        "235 ",
        SaslClient::external);
    deliver(client.protocol("TLSv1.2"), "235 ", sasl -> sasl.plain(USER, PASSWORD));
  }

  @Test
  void redeploymentsLeaveNothing() throws IOException {
    Container.underTest().addUser(USER, PASSWORD, "agent");
    ADAPTER.addCredentials(USER, PASSWORD, "agent");
    Leftovers leftovers = new Leftovers();
    deployer.deploy(APPLICATION);
    for (int i = 0; i < REDEPLOYMENTS; i++) {
      useAll();
      try (SmtpConnection open = TlsClient.of().submissions();
          SmtpConnection failing = TlsClient.of().submissions()) {
        // A refusal that is still held back, and a session that only waits, are there meanwhile.
        failing.sendLine("AUTH PLAIN AHVua25vd24AdW5rbm93bg==");
        Container.underTest().redeploy(APPLICATION);
        assertThat(open.readReply()).startsWith("421 4.3.2 ");
      }
    }
    useAll();
    deployer.undeploy(APPLICATION);

    leftovers.assertNone(
        TestEnvironment.SMTP_PORT,
        TestEnvironment.SUBMISSION_PORT,
        TestEnvironment.SUBMISSIONS_PORT,
        TestEnvironment.LMTP_PORT);
  }
}
