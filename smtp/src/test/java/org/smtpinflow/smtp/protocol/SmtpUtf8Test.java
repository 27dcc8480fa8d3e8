// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Internationalized addresses (RFC 6531, sections 3.3 to 3.5). */
class SmtpUtf8Test {

  @Test
  void withTheParameterAddressesMayBeInUtf8() {
    var outcome =
        Transcript.playAfterEhlo(
            """
            C: MAIL FROM:<josé@bücher.example> SMTPUTF8
            C: RCPT TO:<δοκιμή@παράδειγμα.example>
            C: RCPT TO:<"😀 quoted"@example.com>
            C: DATA
            S: 250 2.1.0 *
            S: 250 2.1.5 *
            S: 250 2.1.5 *
            S: 354 *
            C: .
            S: 250 2.0.0 Accepted
            """);
    var envelope = outcome.onlyMessage().envelope();
    assertThat(envelope.reversePath()).hasToString("<josé@bücher.example>");
    assertThat(envelope.recipients())
        .extracting(recipient -> recipient.path().toString())
        .containsExactly("<δοκιμή@παράδειγμα.example>", "<\"😀 quoted\"@example.com>");
  }

  @Test
  void withoutItTheyMayNot() {
    Transcript.playAfterEhlo(
        """
        C: MAIL FROM:<josé@example.org>
        S: 550 5.6.7 Address is not ASCII; MAIL needs the SMTPUTF8 parameter
        C: MAIL FROM:<jose@bücher.example>
        S: 550 5.6.7 Address is not ASCII; MAIL needs the SMTPUTF8 parameter
        C: MAIL FROM:<a@example.org>
        S: 250 2.1.0 *
        C: RCPT TO:<josé@example.com>
        S: 553 5.6.7 Address is not ASCII; MAIL had no SMTPUTF8 parameter
        C: RCPT TO:<jose@xn--bcher-kva.example>
        S: 250 2.1.5 *
        """);
  }

  @Test
  void whatIsNotUtf8IsRefused() {
    Transcript.playAfterEhlo(
        """
        C: MAIL FROM:<jos<FF>@example.org> SMTPUTF8
        S: 501 5.5.4 Line is not UTF-8
        C: MAIL FROM:<a@example.org> SMTPUTF8
        S: 250 2.1.0 *
        C: RCPT TO:<jos<FF>@example.org>
        S: 501 5.5.4 Line is not UTF-8
        C: VRFY josé SMTPUTF8
        S: 252 2.0.0 *
        """);
  }
}
