// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.smtpinflow.api.Envelope;
import org.smtpinflow.smtp.protocol.SessionConfig.Authentication;
import org.smtpinflow.smtp.protocol.SessionConfig.Service;
import org.smtpinflow.smtp.protocol.SessionConfig.TlsPolicy;

/** What MAIL may say inside TLS: AUTH (RFC 4954, section 5) and REQUIRETLS (RFC 8689). */
class SecureParametersTest {

  private static final Transcript IN_TLS = Transcript.with(Service.SMTP, TlsPolicy.IMPLICIT);

  private static final String AUTHENTICATE =
      """
      C: AUTH PLAIN AGRlbW8Ac2VjcmV0
      S: 235 2.7.0 *
      """;

  private static Envelope envelopeOf(String parameters, String prelude) {
    return IN_TLS
        .runAfterEhlo(
            prelude
                + """
                C: MAIL FROM:<a@example.org> %s
                S: 250 2.1.0 *
                C: RCPT TO:<b@example.com>
                S: 250 2.1.5 *
                C: DATA
                S: 354 *
                C: .
                S: 250 2.0.0 Accepted
                """
                    .formatted(parameters))
        .onlyMessage()
        .envelope();
  }

  @Test
  void anAuthenticatedClientSaysWhoSubmitted() {
    assertThat(envelopeOf("AUTH=e+3Dmc2@example.com", AUTHENTICATE).submitter())
        .map(Object::toString)
        .contains("e=mc2@example.com");
  }

  @Test
  void nobodyElseIsBelieved() {
    assertThat(envelopeOf("AUTH=e+3Dmc2@example.com", "").submitter()).isEmpty();
  }

  @Test
  void itMaySayThatNobodyKnows() {
    assertThat(envelopeOf("AUTH=<>", AUTHENTICATE).submitter()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"AUTH", "AUTH=", "AUTH=bob", "AUTH=+", "AUTH=+3C+3", "AUTH=<a@example.org>"})
  void aSubmitterThatIsMalformedIsRefused(String parameter) {
    IN_TLS.runAfterEhlo(
        AUTHENTICATE
            + """
            C: MAIL FROM:<a@example.org> %s
            S: 501 5.5.4 *
            C: RCPT TO:<b@example.com>
            S: 503 5.5.1 *
            """
                .formatted(parameter));
  }

  @Test
  void tlsIsRequiredForSendingTheMessageOn() {
    assertThat(envelopeOf("requiretls", "").requireTls()).isTrue();
    assertThat(envelopeOf("", "").requireTls()).isFalse();
  }

  @Test
  void requireTlsTakesNoValue() {
    IN_TLS.runAfterEhlo(
        """
        C: MAIL FROM:<a@example.org> REQUIRETLS=YES
        S: 501 5.5.4 REQUIRETLS takes no value
        """);
  }

  @Test
  void inClearTextNeitherIsKnown() {
    Transcript.with(Service.SMTP, TlsPolicy.OFFERED)
        .runAfterEhlo(
            """
            C: MAIL FROM:<a@example.org> REQUIRETLS
            S: 555 5.5.4 Parameter REQUIRETLS is not recognized
            C: MAIL FROM:<a@example.org> AUTH=<>
            S: 555 5.5.4 Parameter AUTH is not recognized
            """);
  }

  @Test
  void authIsUnknownWhereNobodyCanAuthenticate() {
    Transcript.with(
            Transcript.config().with(Service.SMTP, TlsPolicy.IMPLICIT, Authentication.none()))
        .runAfterEhlo(
            """
            C: MAIL FROM:<a@example.org> AUTH=<>
            S: 555 5.5.4 Parameter AUTH is not recognized
            """);
  }
}
