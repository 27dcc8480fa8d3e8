// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.it;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.smtpinflow.it.admin.SecureAdapter;
import org.smtpinflow.it.app.AuthenticatedOnlyBean;
import org.smtpinflow.it.app.LmtpOnlyBean;
import org.smtpinflow.it.app.SenderBean;
import org.smtpinflow.it.app.TlsOnlyBean;
import org.smtpinflow.it.client.SaslClient;
import org.smtpinflow.it.client.SmtpConnection;
import org.smtpinflow.it.client.Submission;
import org.smtpinflow.it.client.TestCertificates;
import org.smtpinflow.it.client.TlsClient;
import org.smtpinflow.it.container.Archives;
import org.smtpinflow.it.container.Container;
import org.smtpinflow.it.environment.Database;
import org.smtpinflow.it.environment.OsProgram;
import org.smtpinflow.it.environment.TestEnvironment;

/** What beans and administrators demand of a client, and what a bean knows of its TLS. */
@ExtendWith(ArquillianExtension.class)
class DemandsIT {

  private static final SecureAdapter ADAPTER = new SecureAdapter("demands");

  private static final String USER = "owner";
  private static final String PASSWORD = "owner-1-password";

  @Deployment(testable = false)
  static EnterpriseArchive application() {
    return Archives.application(
        "demands",
        ADAPTER.archive(Map.of("passwordSource", "credentialsFile", "senderMustMatch", "true")),
        SenderBean.class,
        TlsOnlyBean.class,
        AuthenticatedOnlyBean.class,
        LmtpOnlyBean.class);
  }

  /** Here PLAIN is checked in the credentials file: the server's realm does not know the user. */
  @BeforeAll
  static void users() throws IOException {
    ADAPTER.addCredentials(USER, PASSWORD, "agent");
  }

  private static SmtpConnection authenticated(TlsClient client) throws IOException {
    SmtpConnection session = client.submissions();
    assertThat(new SaslClient(session).plain(USER, PASSWORD)).startsWith("235 ");
    return session;
  }

  private static Map<String, String> factsOf(SmtpConnection session, String from, String recipient)
      throws IOException {
    assertThat(Submission.send(session, from, recipient)).startsWith("250 2.0.0 ");
    return Database.sightingsOfRecipient(recipient).get(0).facts();
  }

  @Test
  void aBeanThatDemandsTls() throws IOException {
    try (SmtpConnection session = new SmtpConnection().greet()) {
      assertThat(Submission.send(session, "clear@tls.example"))
          .isEqualTo("530 5.7.0 Mail for this recipient is taken through TLS alone");
    }
    try (SmtpConnection session = TlsClient.of().startTls(TestEnvironment.SMTP_PORT)) {
      assertThat(Submission.send(session, "secured@tls.example")).startsWith("250 2.0.0 ");
    }
    assertThat(Database.sightingsOfRecipient("clear@tls.example")).isEmpty();
    assertThat(Database.sightingsOfRecipient("secured@tls.example")).hasSize(1);
  }

  @Test
  void aBeanThatDemandsAuthentication() throws IOException {
    try (SmtpConnection session = TlsClient.of().startTls(TestEnvironment.SMTP_PORT)) {
      assertThat(Submission.send(session, "who@authenticated.example"))
          .isEqualTo("530 5.7.0 Mail for this recipient is taken from authenticated clients alone");
    }
    try (SmtpConnection session = authenticated(TlsClient.of())) {
      assertThat(Submission.send(session, "FROM:<>", "owner@authenticated.example"))
          .startsWith("250 2.0.0 ");
    }
    assertThat(Database.sightingsOfRecipient("who@authenticated.example")).isEmpty();
    assertThat(Database.sightingsOfRecipient("owner@authenticated.example")).hasSize(1);
  }

  @Test
  void aBeanForOneListener() throws IOException {
    try (SmtpConnection session = new SmtpConnection().greet()) {
      assertThat(Submission.send(session, "one@lmtp.example")).startsWith("550 5.1.1 ");
    }
    try (SmtpConnection session = new SmtpConnection(TestEnvironment.LMTP_PORT)) {
      session.readReply();
      session.command("LHLO client.example");
      assertThat(Submission.send(session, "one@lmtp.example")).startsWith("250 2.0.0 ");
    }
    assertThat(Database.sightingsOfRecipient("one@lmtp.example")).hasSize(1);
  }

  @Test
  void aSenderThatMustMatch() throws IOException {
    try (SmtpConnection session = authenticated(TlsClient.of())) {
      for (String other : new String[] {"boss@mx.example.com", "owner@example.org"}) {
        assertThat(session.command("MAIL FROM:<" + other + ">"))
            .isEqualTo("553 5.7.1 Reverse-path is not the mailbox of the authenticated user");
      }
      assertThat(Submission.send(session, "FROM:<owner@mx.example.com>", "own@sender.example"))
          .startsWith("250 2.0.0 ");
    }
    assertThat(Database.sightingsOfRecipient("own@sender.example")).hasSize(1);
  }

  /** It concerns those who authenticate: other mail comes from anywhere. */
  @Test
  void aSenderOfOtherMailNeedNot() throws IOException {
    try (SmtpConnection session = new SmtpConnection().greet()) {
      assertThat(factsOf(session, "FROM:<boss@mx.example.com>", "other@sender.example"))
          .containsEntry("caller", Container.underTest().nobody())
          .containsEntry("identity", "")
          .containsEntry("protocol", "")
          .containsEntry("requireTls", "false");
    }
  }

  @Test
  void requireTls() throws IOException {
    try (SmtpConnection session = TlsClient.of().startTls(TestEnvironment.SMTP_PORT)) {
      assertThat(factsOf(session, "FROM:<a@example.org> REQUIRETLS", "require@sender.example"))
          .containsEntry("requireTls", "true")
          .containsEntry("identity", "");
    }
    try (SmtpConnection session = new SmtpConnection().greet()) {
      assertThat(session.command("MAIL FROM:<a@example.org> REQUIRETLS")).startsWith("555 5.5.4 ");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void whatTheBeanKnowsOfTls(String protocol) throws IOException {
    String recipient = protocol + "@sender.example";
    TlsClient client =
        TlsClient.withCertificate(
                TestCertificates.client(TestCertificates.AUTHORITY, "laptop of owner"))
            .name(SecureAdapter.OTHER_NAME)
            .protocol(protocol);
    try (SmtpConnection session = authenticated(client)) {
      assertThat(factsOf(session, "FROM:<>", recipient))
          .containsEntry("protocol", protocol)
          .containsEntry("cipherSuite", session.tls().getCipherSuite())
          .containsEntry("serverName", SecureAdapter.OTHER_NAME)
          .containsEntry("certificate", "CN=laptop of owner")
          .containsEntry("identity", USER)
          .containsEntry("groups", "agent")
          .containsEntry("listener", "submissions");
    }
  }

  /** RFC 8996. Java does not even try any more, so this takes another client. */
  @Test
  void oldVersionsOfTlsAreNotSpoken() {
    OsProgram.Result result =
        OsProgram.runIfInstalled(
            "openssl",
            "s_client",
            "-tls1_1",
            "-cipher",
            "DEFAULT:@SECLEVEL=0",
            "-connect",
            "127.0.0.1:" + TestEnvironment.SUBMISSIONS_PORT);
    assertThat(result.exitCode()).isNotZero();
    assertThat(result.output()).contains("alert protocol version");
  }

  /** The client said more in clear text than STARTTLS: somebody may have put it there. */
  @Test
  void whatComesBehindStartTlsInClearTextEndsTheSession() throws IOException {
    try (SmtpConnection session = new SmtpConnection(TestEnvironment.SUBMISSION_PORT).greet()) {
      session.send("STARTTLS\r\nMAIL FROM:<a@example.org>\r\n".getBytes(US_ASCII));
      assertThat(session.readReply())
          .isEqualTo("421 4.5.0 Input came behind STARTTLS in clear text, closing connection");
      assertThat(session.readLine()).isNull();
    }
  }
}
