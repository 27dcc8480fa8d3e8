// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.it;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.smtpinflow.it.admin.SecureAdapter;
import org.smtpinflow.it.app.SenderBean;
import org.smtpinflow.it.client.AngusMail;
import org.smtpinflow.it.client.Nodemailer;
import org.smtpinflow.it.client.Postfix;
import org.smtpinflow.it.client.SaslClient;
import org.smtpinflow.it.client.SmtpConnection;
import org.smtpinflow.it.client.Submission;
import org.smtpinflow.it.client.TlsClient;
import org.smtpinflow.it.container.Archives;
import org.smtpinflow.it.container.Container;
import org.smtpinflow.it.environment.Await;
import org.smtpinflow.it.environment.Database;
import org.smtpinflow.it.environment.OsProgram;
import org.smtpinflow.it.environment.Sighting;
import org.smtpinflow.it.environment.TestEnvironment;

/** Programs and libraries that people submit mail with, by STARTTLS and inside TLS. */
@ExtendWith(ArquillianExtension.class)
class SubmissionIT {

  private static final SecureAdapter ADAPTER = new SecureAdapter("submission");

  private static final String USER = "submitter";
  private static final String PASSWORD = "Submit-9-it";

  private static final String CONTENT =
      """
      From: sender@example.org
      To: one@sender.example
      Subject: submitted

      .leading dot
      last line
      """
          .replace("\n", "\r\n");

  @TempDir private Path directory;

  @Deployment(testable = false)
  static EnterpriseArchive application() {
    return Archives.application("submission", ADAPTER.archive(), SenderBean.class);
  }

  @BeforeAll
  static void users() throws IOException {
    Container.underTest().addUser(USER, PASSWORD, "agent");
    ADAPTER.addCredentials(USER, PASSWORD, "agent");
  }

  private Path contentFile() throws IOException {
    return Files.writeString(directory.resolve("content.eml"), CONTENT, ISO_8859_1);
  }

  private static int port(String listener) {
    return listener.equals("submission")
        ? TestEnvironment.SUBMISSION_PORT
        : TestEnvironment.SUBMISSIONS_PORT;
  }

  private static Sighting assertThatItArrived(String recipient, String listener) {
    List<Sighting> sightings = Database.sightingsOfRecipient(recipient);
    assertThat(sightings).hasSize(1);
    assertThat(sightings.get(0).facts())
        .containsEntry("caller", Container.underTest().caller(USER))
        .containsEntry("agent", String.valueOf(Container.underTest().showsCallers()))
        .containsEntry("listener", listener)
        .containsEntry("protocol", "TLSv1.3");
    return sightings.get(0);
  }

  private OsProgram.Result curl(String listener, String recipient, String... credentials)
      throws IOException {
    List<String> command = new ArrayList<>(List.of("curl", "--silent", "--show-error"));
    command.addAll(
        List.of(
            "--ssl-reqd",
            "--cacert",
            ADAPTER.file("ca.pem").toString(),
            "--resolve",
            "mx.example.com:" + port(listener) + ":127.0.0.1",
            (listener.equals("submission") ? "smtp" : "smtps")
                + "://mx.example.com:"
                + port(listener)
                + "/client.example",
            "--mail-from",
            "sender@example.org",
            "--mail-rcpt",
            recipient,
            "--upload-file",
            contentFile().toString()));
    command.addAll(List.of(credentials));
    return OsProgram.runIfInstalled(command.toArray(String[]::new));
  }

  @ParameterizedTest
  @ValueSource(strings = {"submission", "submissions"})
  void curl(String listener) throws IOException {
    String recipient = "curl-" + listener + "@sender.example";
    OsProgram.Result result = curl(listener, recipient, "--user", USER + ":" + PASSWORD);

    assertThat(result.exitCode()).as(result.output()).isZero();
    Sighting seen = assertThatItArrived(recipient, listener);
    assertThat(seen.content()).endsWith("\r\n.leading dot\r\nlast line\r\n");
    assertThat(seen.facts()).containsEntry("serverName", "mx.example.com");
  }

  @Test
  void curlWithAToken() throws IOException {
    String token = ADAPTER.issuer().token(USER, Duration.ofMinutes(5), "agent");
    OsProgram.Result result =
        curl(
            "submissions",
            "curl-token@sender.example",
            "--user",
            USER + ":",
            "--oauth2-bearer",
            token,
            "--login-options",
            "AUTH=OAUTHBEARER");

    assertThat(result.exitCode()).as(result.output()).isZero();
    assertThatItArrived("curl-token@sender.example", "submissions");
  }

  /** Exit code 67 is CURLE_LOGIN_DENIED. */
  @Test
  void curlIsToldThatThePasswordIsWrong() throws IOException {
    OsProgram.Result result =
        curl("submissions", "curl-wrong@sender.example", "--user", USER + ":wrong");

    assertThat(result.exitCode()).as(result.output()).isEqualTo(67);
    assertThat(Database.sightingsOfRecipient("curl-wrong@sender.example")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"submission", "submissions"})
  void swaks(String listener) throws IOException {
    assumeTrue(
        OsProgram.runIfInstalled("perl", "-MNet::SSLeay", "-e", "1").exitCode() == 0,
        "Perl's Net::SSLeay is not installed");
    String recipient = "swaks-" + listener + "@sender.example";
    OsProgram.Result result =
        OsProgram.runIfInstalled(
            "swaks",
            listener.equals("submission") ? "--tls" : "--tls-on-connect",
            "--server",
            "127.0.0.1:" + port(listener),
            "--ehlo",
            "client.example",
            "--auth",
            listener.equals("submission") ? "LOGIN" : "PLAIN",
            "--auth-user",
            USER,
            "--auth-password",
            PASSWORD,
            "--from",
            "sender@example.org",
            "--to",
            recipient,
            "--data",
            "@" + contentFile());

    assertThat(result.exitCode()).as(result.output()).isZero();
    assertThatItArrived(recipient, listener);
  }

  @ParameterizedTest
  @ValueSource(strings = {"submission", "submissions"})
  void python(String listener) throws IOException {
    String recipient = "python-" + listener + "@sender.example";
    OsProgram.Result result =
        OsProgram.runIfInstalled(
            "python3",
            "-c",
            """
                import smtplib, ssl, sys
                listener, port, authority, user, password, recipient, content = sys.argv[1:]
                context = ssl.create_default_context(cafile=authority)
                if listener == "submission":
                    client = smtplib.SMTP("127.0.0.1", int(port), local_hostname="client.example")
                    client.starttls(context=context)
                else:
                    client = smtplib.SMTP_SSL(
                        "127.0.0.1", int(port), local_hostname="client.example", context=context)
                with client:
                    client.login(user, password)
                    client.sendmail("sender@example.org", [recipient], open(content, "rb").read())
                """,
            listener,
            String.valueOf(port(listener)),
            ADAPTER.file("ca.pem").toString(),
            USER,
            PASSWORD,
            recipient,
            contentFile().toString());

    assertThat(result.exitCode()).as(result.output()).isZero();
    assertThatItArrived(recipient, listener);
  }

  /** By hand: who types SMTP into s_client. */
  @ParameterizedTest
  @ValueSource(strings = {"submission", "submissions"})
  void openssl(String listener) throws IOException {
    OsProgram.assumeInstalled("openssl");
    String recipient = "openssl-" + listener + "@sender.example";
    String credentials =
        Base64.getEncoder().encodeToString(("\0" + USER + "\0" + PASSWORD).getBytes(UTF_8));
    Path typed =
        Files.writeString(
            directory.resolve("typed"),
            """
            EHLO client.example
            AUTH PLAIN %s
            MAIL FROM:<sender@example.org>
            RCPT TO:<%s>
            DATA
            Subject: typed

            Hello
            .
            QUIT
            """
                .formatted(credentials, recipient));
    OsProgram.Result result =
        OsProgram.runIfInstalled(
            "sh",
            "-c",
            "openssl s_client -quiet -crlf -verify_return_error -verify_hostname mx.example.com"
                + " -CAfile \"$1\" -connect 127.0.0.1:$2 $3 < \"$4\"",
            "s_client",
            ADAPTER.file("ca.pem").toString(),
            String.valueOf(port(listener)),
            listener.equals("submission") ? "-starttls smtp" : "",
            typed.toString());

    assertThat(result.output()).contains("235 2.7.0 ", "250 2.0.0 Message ", "221 2.0.0 ");
    assertThatItArrived(recipient, listener);
  }

  @ParameterizedTest
  @ValueSource(strings = {"submission", "submissions"})
  void nodemailer(String listener) throws IOException {
    String recipient = "nodemailer-" + listener + "@sender.example";
    OsProgram.Result result =
        OsProgram.runIfInstalled(
            "node",
            "-e",
            """
                const [modules, secure, port, authority, user, pass, recipient] =
                  process.argv.slice(1);
                require(modules + "/nodemailer").createTransport({
                  host: "127.0.0.1", port, secure: secure === "true", requireTLS: true,
                  name: "client.example", auth: {user, pass},
                  tls: {ca: require("fs").readFileSync(authority), servername: "mx.example.com"},
                }).sendMail({
                  from: "sender@example.org", to: recipient, subject: "submitted", text: "Hello",
                }).then(info => console.log(info.response));
                """,
            Nodemailer.modules().toString(),
            String.valueOf(listener.equals("submissions")),
            String.valueOf(port(listener)),
            ADAPTER.file("ca.pem").toString(),
            USER,
            PASSWORD,
            recipient);

    assertThat(result.output()).contains("250 2.0.0 Message ");
    assertThatItArrived(recipient, listener);
  }

  @ParameterizedTest
  @ValueSource(strings = {"submission", "submissions"})
  void angusMail(String listener) throws MessagingException {
    String recipient = "angus-" + listener + "@sender.example";
    String session = angus(listener).as(USER, PASSWORD).send(recipient, "Hello");

    assertThat(session).contains("AUTH LOGIN succeeded");
    assertThatItArrived(recipient, listener);
  }

  @Test
  void angusMailWithAToken() throws MessagingException {
    String token = ADAPTER.issuer().token(USER, Duration.ofMinutes(5), "agent");
    String session =
        angus("submission")
            .as(USER, token)
            .with("auth.mechanisms", "XOAUTH2")
            .send("angus-token@sender.example", "Hello");

    assertThat(session).contains("AUTH XOAUTH2 succeeded");
    assertThatItArrived("angus-token@sender.example", "submission");
  }

  @Test
  void angusMailIsToldThatThePasswordIsWrong() {
    assertThatThrownBy(
            () -> angus("submission").as(USER, "wrong").send("angus-wrong@sender.example", "Hello"))
        .isInstanceOf(AuthenticationFailedException.class)
        .hasMessageContaining("535 5.7.8 Authentication credentials invalid");
  }

  private static AngusMail angus(String listener) {
    return new AngusMail(port(listener))
        .with(listener.equals("submission") ? "starttls.required" : "ssl.enable", "true")
        .with("ssl.checkserveridentity", "true")
        .with("ssl.socketFactory", TlsClient.of().socketFactory());
  }

  /** A relay of a site that submits the mail of its users under its own name. */
  @ParameterizedTest
  @ValueSource(strings = {"PLAIN", "LOGIN", "SCRAM-SHA-256"})
  void postfix(String mechanism) throws IOException {
    relay("submission", mechanism, "postfix-" + mechanism + "@sender.example");
  }

  @Test
  void postfixInsideTls() throws IOException {
    relay("submissions", "PLAIN", "postfix-inside@sender.example");
  }

  private static void relay(String listener, String mechanism, String recipient)
      throws IOException {
    Postfix.assumeMechanisms();
    String settings =
        """
        relayhost = [127.0.0.1]:%1$d
        smtp_tls_security_level = secure
        smtp_tls_secure_cert_match = mx.example.com
        smtp_tls_CAfile = %2$s
        smtp_tls_wrappermode = %3$s
        smtp_sasl_auth_enable = yes
        smtp_sasl_password_maps = inline:{ { [127.0.0.1]:%1$d = %4$s:%5$s } }
        smtp_sasl_security_options = noanonymous
        smtp_sasl_mechanism_filter = %6$s
        """
            .formatted(
                port(listener),
                ADAPTER.file("ca.pem"),
                listener.equals("submissions") ? "yes" : "no",
                USER,
                PASSWORD,
                mechanism);
    try (Postfix postfix = new Postfix(settings);
        SmtpConnection session = postfix.connect()) {
      assertThat(Submission.send(session, recipient)).startsWith("250 2.0.0 ");
      Await.until(
          "mail to " + recipient, () -> !Database.sightingsOfRecipient(recipient).isEmpty());
      assertThatItArrived(recipient, listener);
      assertThat(postfix.log()).contains("AUTH " + mechanism);
    }
  }

  /** Header fields that a client left out are added (RFC 6409, section 8), and no others. */
  @Test
  void whatTheClientLeftOutIsAdded() throws IOException {
    try (SmtpConnection session = TlsClient.of().submissions()) {
      new SaslClient(session).plain(USER, PASSWORD);
      assertThat(Submission.send(session, "added@sender.example")).startsWith("250 2.0.0 ");
    }
    assertThat(assertThatItArrived("added@sender.example", "submissions").content())
        .containsPattern("(?m)^Date: ")
        .containsPattern("(?m)^Message-ID: <.+@mx\\.example\\.com>")
        .containsPattern("(?m)^Received: from client\\.example .*");
  }

  /** RFC 4954, section 4: AUTH is offered only inside TLS; RFC 3207: STARTTLS only before TLS. */
  @Test
  void authIsNeverOfferedInClearText() throws IOException {
    for (Map.Entry<Integer, String> listener :
        Map.of(
                TestEnvironment.SUBMISSION_PORT, "EHLO",
                TestEnvironment.SMTP_PORT, "EHLO",
                TestEnvironment.LMTP_PORT, "LHLO")
            .entrySet()) {
      try (SmtpConnection session = new SmtpConnection(listener.getKey())) {
        session.readReply();
        assertThat(session.command(listener.getValue() + " client.example"))
            .contains("STARTTLS")
            .doesNotContain("AUTH");
        assertThat(session.command("AUTH PLAIN AGEAYg==")).startsWith("5");
      }
    }
    try (SmtpConnection session = new SmtpConnection(TestEnvironment.SUBMISSION_PORT).greet()) {
      assertThat(session.command("AUTH PLAIN AGEAYg=="))
          .isEqualTo("530 5.7.0 Must issue a STARTTLS command first");
      assertThat(session.command("MAIL FROM:<a@example.org>"))
          .isEqualTo("530 5.7.0 Must issue a STARTTLS command first");
    }
  }
}
