// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.smtpinflow.api.DsnNotify;
import org.smtpinflow.api.OriginalRecipient;
import org.smtpinflow.api.Recipient;

/** The parameters of RCPT (RFC 3461, sections 4.1 and 4.2; RFC 6533, section 3). */
class DsnTest {

  private static Recipient recipientWith(String parameters) {
    var outcome =
        Transcript.playAfterEhlo(
            """
            C: MAIL FROM:<a@example.org> SMTPUTF8
            S: 250 2.1.0 *
            C: RCPT TO:<b@example.com> PARAMETERS
            S: 250 2.1.5 *
            """
                .replace("PARAMETERS", parameters));
    return outcome.recipients().get(0);
  }

  @Test
  void notifyNamesConditions() {
    assertThat(recipientWith("").notifyOn()).isEmpty();
    assertThat(recipientWith("NOTIFY=NEVER").notifyOn()).containsExactly(DsnNotify.NEVER);
    assertThat(recipientWith("NOTIFY=success,DELAY,Failure").notifyOn())
        .containsExactlyInAnyOrder(DsnNotify.SUCCESS, DsnNotify.DELAY, DsnNotify.FAILURE);
  }

  @ParameterizedTest
  @CsvSource({
    "rfc822;bob@example.net, rfc822, bob@example.net",
    "RFC822;bob+2Bx+3Dy@example.net, rfc822, bob+x=y@example.net",
    "utf-8;jos\\x{E9}@example.net, utf-8, josé@example.net",
    "utf-8;\\x{1F600}\\x{2B}\\x{5C}@example.net, utf-8, 😀+\\@example.net",
    "utf-8;josé@example.net, utf-8, josé@example.net",
  })
  void theOriginalRecipientIsDecoded(String value, String type, String address) {
    assertThat(recipientWith("ORCPT=" + value).originalRecipient())
        .contains(new OriginalRecipient(type, address));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "NOTIFY",
        "NOTIFY=",
        "NOTIFY=SOMETIMES",
        "NOTIFY=NEVER,FAILURE",
        "NOTIFY=FAILURE,",
        "ORCPT=bob@example.net",
        "ORCPT=;bob@example.net",
        "ORCPT=rfc822;",
        "ORCPT=rf(c;bob",
        "ORCPT=rfc822;bob+",
        "ORCPT=rfc822;bob+2",
        "ORCPT=rfc822;bob+2b",
        "ORCPT=rfc822;bob+0D+0A",
        "ORCPT=rfc822;bøb",
        "ORCPT=utf-8;b\\x{}b",
        "ORCPT=utf-8;b\\x{e9}b",
        "ORCPT=utf-8;b\\x{0A}b",
        "ORCPT=utf-8;b\\x{D800}b",
        "ORCPT=utf-8;b\\x{110000}b",
        "ORCPT=utf-8;b\\x{1000000}b",
        "ORCPT=utf-8;b\\y{41}b",
        "ORCPT=utf-8;b\\x{41",
        "ORCPT=utf-8;b\u0085b",
        "ORCPT=utf-8;b+b",
        "NOTIFY=NEVER NOTIFY=NEVER",
      })
  void malformedParametersAreRefused(String parameters) {
    Transcript.playAfterEhlo(
        """
        C: MAIL FROM:<a@example.org> SMTPUTF8
        S: 250 2.1.0 *
        C: RCPT TO:<b@example.com> PARAMETERS
        S: 501 5.5.4 *
        """
            .replace("PARAMETERS", parameters));
  }

  @Test
  void anOriginalRecipientOutsideAsciiNeedsSmtpUtf8() {
    Transcript.playAfterEhlo(
        """
        C: MAIL FROM:<a@example.org>
        S: 250 2.1.0 *
        C: RCPT TO:<b@example.com> ORCPT=utf-8;josé@example.net
        S: 501 5.5.4 The address of ORCPT is not properly encoded
        C: RCPT TO:<b@example.com> ORCPT=utf-8;jos\\x{E9}@example.net
        S: 250 2.1.5 *
        """);
  }

  @Test
  void anOriginalRecipientMayHave500Characters() {
    Transcript.playAfterEhlo(
        """
        C: MAIL FROM:<a@example.org>
        S: 250 2.1.0 *
        C: RCPT TO:<b@example.com> ORCPT=LONGEST
        S: 250 2.1.5 *
        C: RCPT TO:<b@example.com> ORCPT=LONGESTx
        S: 501 5.5.4 ORCPT is longer than 500 characters
        """
            .replace("LONGEST", "rfc822;" + "x".repeat(493)));
  }

  @Test
  void unknownParametersAreNamed() {
    Transcript.playAfterEhlo(
        """
        C: MAIL FROM:<a@example.org>
        S: 250 2.1.0 *
        C: RCPT TO:<b@example.com> SMTPUTF8
        S: 555 5.5.4 Parameter SMTPUTF8 is not recognized
        C: RCPT TO:<b@example.com> rrvs=x
        S: 555 5.5.4 Parameter RRVS is not recognized
        """);
  }
}
