// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.smtpinflow.api.Client;
import org.smtpinflow.smtp.protocol.SessionConfig.Authentication;
import org.smtpinflow.smtp.protocol.SessionConfig.Service;
import org.smtpinflow.smtp.protocol.SessionConfig.TlsPolicy;
import org.smtpinflow.smtp.sasl.SaslMechanism;

/** Whether AUTH may come, and what may come without it (RFC 4954, sections 4 and 6). */
class AuthenticationPolicyTest {

  private static final Transcript IN_TLS = Transcript.with(Service.SMTP, TlsPolicy.IMPLICIT);

  private static final Client.Identity DEMO = new Client.Identity("demo", Set.of("agent"));

  @Test
  void itNeedsAMechanismThatIsOffered() {
    IN_TLS.runAfterEhlo(
        """
        C: AUTH
        S: 501 5.5.4 AUTH needs a mechanism
        C: AUTH CRAM-MD5
        S: 504 5.5.4 Authentication mechanism is not offered
        C: AUTH EXTERNAL =
        S: 504 5.5.4 Authentication mechanism is not offered
        """);
  }

  @Test
  void neverInClearText() {
    Transcript.with(Service.SMTP, TlsPolicy.OFFERED)
        .runAfterEhlo(
            """
            C: AUTH PLAIN AGRlbW8Ac2VjcmV0
            S: 538 5.7.11 Encryption required: issue a STARTTLS command first
            """);
    Transcript.with(Service.SMTP, TlsPolicy.NONE)
        .runAfterEhlo(
            """
            C: AUTH PLAIN AGRlbW8Ac2VjcmV0
            S: 502 5.5.1 Command not implemented
            """);
  }

  @Test
  void notWithoutMechanisms() {
    for (TlsPolicy tls : List.of(TlsPolicy.OFFERED, TlsPolicy.IMPLICIT)) {
      Transcript.with(Transcript.config().with(Service.SMTP, tls, Authentication.none()))
          .runAfterEhlo(
              """
              C: AUTH PLAIN AGRlbW8Ac2VjcmV0
              S: 502 5.5.1 Command not implemented
              """);
    }
  }

  @Test
  void notBeforeEhloAndNotAfterHelo() {
    IN_TLS.run(
        """
        C: AUTH PLAIN AGRlbW8Ac2VjcmV0
        S: 503 5.5.1 Send EHLO first
        C: HELO client.example.org
        S: 250 mx.example.com
        C: AUTH PLAIN AGRlbW8Ac2VjcmV0
        S: 503 5.5.1 Send EHLO first, not HELO
        """);
  }

  @Test
  void notInAMailTransaction() {
    IN_TLS.runAfterEhlo(
        """
        C: MAIL FROM:<a@example.org>
        S: 250 2.1.0 *
        C: AUTH PLAIN AGRlbW8Ac2VjcmV0
        S: 503 5.5.1 Not allowed in a mail transaction
        C: RCPT TO:<b@example.com>
        S: 250 2.1.5 *
        """);
  }

  @Test
  void notTwiceAndTheIdentityStays() {
    var outcome =
        IN_TLS.runAfterEhlo(
            """
            C: AUTH PLAIN AGRlbW8Ac2VjcmV0
            S: 235 2.7.0 *
            C: AUTH PLAIN AGRlbW8Ac2VjcmV0
            S: 503 5.5.1 Authenticated already
            C: RSET
            S: 250 2.0.0 OK
            C: HELO again.example.org
            S: 250 mx.example.com
            C: MAIL FROM:<a@example.org>
            S: 250 2.1.0 *
            C: RCPT TO:<b@example.com>
            S: 250 2.1.5 *
            """);
    assertThat(outcome.clients().get(0).identity()).contains(DEMO);
    assertThat(outcome.clients().get(0).helo()).isEqualTo("again.example.org");
  }

  @Test
  void itCanBeRequired() {
    Authentication required = new Authentication(List.of(TestMechanism.PLAIN), true, 3, false);
    Transcript.with(Transcript.config().with(Service.SUBMISSION, TlsPolicy.IMPLICIT, required))
        .run(
            """
            C: MAIL FROM:<a@example.org>
            S: 503 5.5.1 Send EHLO first
            C: HELO client.example.org
            S: 250 mx.example.com
            C: MAIL FROM:<a@example.org>
            C: RCPT TO:<b@example.com>
            S: 530 5.7.0 Authentication required
            S: 530 5.7.0 Authentication required
            C: BDAT 6 LAST
            C~ QUIT<CR><LF>
            S: 530 5.7.0 Authentication required
            C: DATA
            S: 530 5.7.0 Authentication required
            C: NOOP
            S: 250 2.0.0 OK
            C: RSET
            S: 250 2.0.0 OK
            C: EHLO client.example.org
            C: AUTH PLAIN AGRlbW8Ac2VjcmV0
            C: MAIL FROM:<a@example.org>
            S: 250-*
            S: 250-*
            S: 250-*
            S: 250-*
            S: 250-*
            S: 250-*
            S: 250-*
            S: 250-*
            S: 250-*
            S: 250-*
            S: 250-*
            S: 250-AUTH PLAIN
            S: 250 HELP
            S: 235 2.7.0 *
            S: 250 2.1.0 *
            """);
  }

  @Test
  void theConfigurationMustMakeSense() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Authentication(List.of(), true, 3, false))
        .withMessageContaining("no SASL mechanism");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Authentication(List.of(), false, 0, false))
        .withMessageContaining("is 0");
    List<SaslMechanism> twice = List.of(TestMechanism.PLAIN, TestMechanism.PLAIN);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Authentication(twice, false, 3, false))
        .withMessageContaining("PLAIN");
    Authentication required = new Authentication(List.of(TestMechanism.PLAIN), true, 3, false);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Transcript.config().with(Service.SMTP, TlsPolicy.NONE, required))
        .withMessageContaining("without TLS");
  }
}
