// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.smtpinflow.it.admin.SecureAdapter;
import org.smtpinflow.it.app.RefusingBean;
import org.smtpinflow.it.app.RollingBackBean;
import org.smtpinflow.it.app.StoringBean;
import org.smtpinflow.it.client.Postfix;
import org.smtpinflow.it.client.SmtpConnection;
import org.smtpinflow.it.client.Transcript;
import org.smtpinflow.it.container.Archives;
import org.smtpinflow.it.environment.Await;
import org.smtpinflow.it.environment.Database;
import org.smtpinflow.it.environment.OsProgram;
import org.smtpinflow.it.environment.TestEnvironment;

/** LMTP (RFC 2033): for each recipient the outcome of the transaction of the bean that took it. */
@ExtendWith(ArquillianExtension.class)
class LmtpIT {

  private static final SecureAdapter ADAPTER = new SecureAdapter("lmtp");

  @Deployment(testable = false)
  static EnterpriseArchive application() {
    return Archives.application(
        "lmtp", ADAPTER.archive(), StoringBean.class, RefusingBean.class, RollingBackBean.class);
  }

  private static void assertThatOneWasStored(String name) {
    assertThat(Database.sightingsOfRecipient(name + "@store.example")).hasSize(1);
    assertThat(Database.sightingsOfRecipient(name + "@rollback.example")).isEmpty();
  }

  @Test
  void eachRecipientHasTheOutcomeOfItsBean() throws IOException {
    try (SmtpConnection connection = new SmtpConnection(TestEnvironment.LMTP_PORT)) {
      Transcript.play(
          connection,
          """
          S: 220 mx.example.com LMTP ...
          C: EHLO client.example
          S: 500 5.5.1 ...
          C: LHLO client.example
          S: 250-mx.example.com ...
          S: *
          C: MAIL FROM:<sender@example.org>
          S: 250 2.1.0 ...
          C: RCPT TO:<byhand@refuse.example>
          S: 250 2.1.5 ...
          C: RCPT TO:<byhand@store.example>
          S: 250 2.1.5 ...
          C: RCPT TO:<byhand@nobody.example>
          S: 550 5.1.1 ...
          C: RCPT TO:<byhand@rollback.example>
          S: 250 2.1.5 ...
          C: DATA
          S: 354 ...
          C: Subject: three
          C:
          C: .
          S: 550 5.7.1 Nothing is taken here
          S: 250 2.0.0 Message {id} delivered
          S: 451 4.3.0 Message could not be processed, try again later
          C: QUIT
          S: 221 ...
          """);
    }
    assertThatOneWasStored("byhand");
  }

  /** Python's smtplib reads only one of the replies by itself. */
  @Test
  void python() {
    OsProgram.Result result =
        OsProgram.runIfInstalled(
            "python3",
            "-c",
            """
            import smtplib, sys
            with smtplib.LMTP("127.0.0.1", int(sys.argv[1]), "client.example") as client:
                client.lhlo() if hasattr(client, "lhlo") else client.ehlo()
                client.mail("sender@example.org")
                domains = ("store.example", "refuse.example", "rollback.example")
                for domain in domains:
                    client.rcpt("python@" + domain)
                replies = [client.data(b"Subject: three\\r\\n\\r\\nHello\\r\\n")]
                replies += [client.getreply() for domain in domains[1:]]
                for domain, (code, text) in zip(domains, replies):
                    print(domain, code, text.decode())
            """,
            String.valueOf(TestEnvironment.LMTP_PORT));

    assertThat(result.output().lines())
        .satisfiesExactly(
            line -> assertThat(line).startsWith("store.example 250 2.0.0 Message "),
            line -> assertThat(line).isEqualTo("refuse.example 550 5.7.1 Nothing is taken here"),
            line -> assertThat(line).startsWith("rollback.example 451 4.3.0 "));
    assertThatOneWasStored("python");
  }

  @Test
  void postfixDeliversInsideTls() throws IOException {
    String settings =
        """
        relayhost =
        default_transport = lmtp:[127.0.0.1]:%d
        lmtp_tls_security_level = secure
        lmtp_tls_secure_cert_match = mx.example.com
        lmtp_tls_CAfile = %s
        """
            .formatted(TestEnvironment.LMTP_PORT, ADAPTER.file("ca.pem"));
    try (Postfix postfix = new Postfix(settings);
        SmtpConnection session = postfix.connect()) {
      Transcript.play(
          session,
          """
          C: MAIL FROM:<>
          S: 250 ...
          C: RCPT TO:<postfix-lmtp@store.example>
          S: 250 ...
          C: RCPT TO:<postfix-lmtp@refuse.example>
          S: 250 ...
          C: RCPT TO:<postfix-lmtp@rollback.example>
          S: 250 ...
          C: DATA
          S: 354 ...
          C: Subject: three
          C:
          C: .
          S: 250 ...
          """);
      Await.until(
          "three outcomes",
          () ->
              postfix.log().contains("to=<postfix-lmtp@store.example>")
                  && postfix.log().contains("to=<postfix-lmtp@refuse.example>")
                  && postfix.log().contains("to=<postfix-lmtp@rollback.example>"));
      assertThat(postfix.log())
          .containsPattern("to=<postfix-lmtp@store.example>.* status=sent")
          .containsPattern("to=<postfix-lmtp@refuse.example>.* status=bounced.*550 5.7.1")
          .containsPattern("to=<postfix-lmtp@rollback.example>.* status=deferred.*451 4.3.0")
          .contains("STARTTLS");
    }
    assertThatOneWasStored("postfix-lmtp");
  }
}
