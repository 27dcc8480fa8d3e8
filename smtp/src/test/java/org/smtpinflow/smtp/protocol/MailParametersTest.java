// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.smtpinflow.api.BodyType;
import org.smtpinflow.api.DsnReturn;

/** The parameters of MAIL (RFC 5321, 4.1.2; RFC 1870; RFC 6152; RFC 3461). */
class MailParametersTest {

  @Test
  void allOfThemReachTheEnvelope() {
    var outcome =
        Transcript.playAfterEhlo(
            """
            C: MAIL FROM:<a@example.org> SIZE=1000 BODY=8BITMIME SMTPUTF8 RET=hdrs ENVID=Q+2B1+3Dx
            C: RCPT TO:<b@example.com>
            C: DATA
            S: 250 2.1.0 *
            S: 250 2.1.5 *
            S: 354 *
            C: .
            S: 250 2.0.0 Accepted
            """);
    var envelope = outcome.onlyMessage().envelope();
    assertThat(envelope.declaredSize()).isEqualTo(OptionalLong.of(1000));
    assertThat(envelope.body()).isEqualTo(BodyType.EIGHT_BIT_MIME);
    assertThat(envelope.smtpUtf8()).isTrue();
    assertThat(envelope.dsnReturn()).contains(DsnReturn.HDRS);
    assertThat(envelope.envelopeId()).contains("Q+1=x");
  }

  @Test
  void noneOfThemNeedsToBeThere() {
    var outcome =
        Transcript.playAfterEhlo(
            """
            C: MAIL FROM:<a@example.org>
            C: RCPT TO:<b@example.com>
            C: DATA
            S: 250 2.1.0 *
            S: 250 2.1.5 *
            S: 354 *
            C: .
            S: 250 2.0.0 Accepted
            """);
    var envelope = outcome.onlyMessage().envelope();
    assertThat(envelope.declaredSize()).isEmpty();
    assertThat(envelope.body()).isEqualTo(BodyType.SEVEN_BIT);
    assertThat(envelope.smtpUtf8()).isFalse();
    assertThat(envelope.dsnReturn()).isEmpty();
    assertThat(envelope.envelopeId()).isEqualTo(Optional.empty());
  }

  @ParameterizedTest
  @ValueSource(strings = {"FOO", "FOO=bar", "AUTH=<>", "MT-PRIORITY=3", "SIZE=1 FOO"})
  void unknownParametersAreNamed(String parameters) {
    Transcript.playAfterEhlo(
        """
        C: MAIL FROM:<a@example.org> PARAMETERS
        S: 555 5.5.4 Parameter * is not recognized
        C: MAIL FROM:<a@example.org>
        S: 250 2.1.0 *
        """
            .replace("PARAMETERS", parameters));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SIZE",
        "SIZE=",
        "SIZE=x",
        "SIZE=-1",
        "SIZE=100000000000000000000",
        "SIZE=1 SIZE=1",
        "SIZE=1=2",
        "BODY",
        "BODY=9BIT",
        "SMTPUTF8=yes",
        "RET",
        "RET=BODY",
        "ENVID",
        "ENVID=a+2",
        "ENVID=a+2b",
        "ENVID=a+0Ab",
        "ENVID=é",
        "-FOO=1",
        "=1",
        "F_O=1",
      })
  void malformedParametersAreRefused(String parameters) {
    Transcript.playAfterEhlo(
        """
        C: MAIL FROM:<a@example.org> PARAMETERS
        S: 501 5.5.4 *
        C: MAIL FROM:<a@example.org>
        S: 250 2.1.0 *
        """
            .replace("PARAMETERS", parameters));
  }

  @Test
  void anEnvelopeIdMayHave100Characters() {
    Transcript.playAfterEhlo(
        """
        C: MAIL FROM:<a@example.org> ENVID=LONGEST
        S: 250 2.1.0 *
        C: RSET
        S: 250 2.0.0 OK
        C: MAIL FROM:<a@example.org> ENVID=LONGESTx
        S: 501 5.5.4 ENVID is longer than 100 characters
        """
            .replace("LONGEST", "x".repeat(100)));
  }
}
