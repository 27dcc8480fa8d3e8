// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.smtpinflow.smtp.protocol.SessionConfig.Limits;

/** What is too much (RFC 5321, section 4.5.3.1; RFC 9422). */
class LimitsTest {

  @Test
  void limitsAreAnnounced() {
    Transcript.with(new Limits(12345, 200, 30, 20))
        .run(
            """
            S: 220 mx.example.com ESMTP
            C: EHLO client.example.org
            S: 250-mx.example.com
            S: 250-PIPELINING
            S: 250-SIZE 12345
            S: 250-8BITMIME
            S: 250-ENHANCEDSTATUSCODES
            S: 250-SMTPUTF8
            S: 250-CHUNKING
            S: 250-BINARYMIME
            S: 250-DSN
            S: 250-LIMITS MAILMAX=30 RCPTMAX=200
            S: 250 HELP
            """);
  }

  @Test
  void aLimitOfMoreThanSixDigitsIsNotAnnounced() {
    assertThat(extensions(new Limits(1, 1_000_000, 999_999, 1))).contains("LIMITS MAILMAX=999999");
    assertThat(extensions(new Limits(1, 1_000_000, 1_000_000, 1)))
        .noneMatch(line -> line.startsWith("LIMITS"));
  }

  private static List<String> extensions(Limits limits) {
    SessionConfig c = Transcript.config();
    return new Extensions(
            new SessionConfig(c.serverName(), limits, c.timeouts(), c.bareNewlines(), false),
            Optional.empty())
        .lines();
  }

  @Test
  void tooManyRecipients() {
    var outcome =
        Transcript.with(new Limits(1000, 2, 1000, 20))
            .runAfterEhlo(
                """
                C: MAIL FROM:<a@example.org>
                C: RCPT TO:<unknown@example.com>
                C: RCPT TO:<b@example.com>
                C: RCPT TO:<c@example.com>
                C: RCPT TO:<d@example.com>
                C: DATA
                S: 250 2.1.0 *
                S: 550 5.1.1 *
                S: 250 2.1.5 *
                S: 250 2.1.5 *
                S: 452 4.5.3 Too many recipients, send the others another copy
                S: 354 *
                C: .
                C: MAIL FROM:<a@example.org>
                C: RCPT TO:<d@example.com>
                S: 250 2.0.0 Accepted
                S: 250 2.1.0 *
                S: 250 2.1.5 *
                """);
    assertThat(outcome.onlyMessage().envelope().recipients()).hasSize(2);
  }

  @Test
  void tooManyMessagesInASession() {
    Transcript.with(new Limits(1000, 100, 2, 20))
        .runAfterEhlo(
            """
            C: MAIL FROM:<a@example.org>
            S: 250 2.1.0 *
            C: RSET
            S: 250 2.0.0 OK
            C: MAIL FROM:<bad
            S: 501 5.5.4 *
            C: MAIL FROM:<a@example.org>
            S: 421 4.7.0 Too many messages in this session, closing connection
            (closed)
            """);
  }

  @Test
  void tooManyErrors() {
    Transcript.with(new Limits(1000, 100, 1000, 3))
        .runAfterEhlo(
            """
            C: FOO
            S: 500 5.5.1 *
            C: NOOP
            S: 250 2.0.0 OK
            C: RCPT TO:<b@example.com>
            S: 503 5.5.1 *
            C: BDAT x
            S: 501 5.5.4 *
            S: 421 4.7.0 Too many errors, closing connection
            (closed)
            """);
  }

  @Test
  void refusedRecipientsAreErrorsAndAnAcceptedMessageMakesUpForThem() {
    Transcript.with(new Limits(1000, 100, 1000, 3))
        .runAfterEhlo(
            """
            C: MAIL FROM:<a@example.org>
            C: RCPT TO:<unknown@example.com>
            C: RCPT TO:<unknown@example.com>
            C: RCPT TO:<later@example.com>
            C: RCPT TO:<b@example.com>
            C: DATA
            S: 250 2.1.0 *
            S: 550 5.1.1 *
            S: 550 5.1.1 *
            S: 451 4.3.2 *
            S: 250 2.1.5 *
            S: 354 *
            C: .
            S: 250 2.0.0 Accepted
            C: MAIL FROM:<a@example.org>
            C: RCPT TO:<unknown@example.com>
            C: RCPT TO:<unknown@example.com>
            C: RCPT TO:<unknown@example.com>
            C: RCPT TO:<b@example.com>
            S: 250 2.1.0 *
            S: 550 5.1.1 *
            S: 550 5.1.1 *
            S: 550 5.1.1 *
            S: 421 4.7.0 Too many errors, closing connection
            (closed)
            """);
  }

  @Test
  void textLinesMayBeLongerThanTheRfcRequires() {
    String line = "x".repeat(100_000);
    var outcome =
        Transcript.playAfterEhlo(
            """
            C: MAIL FROM:<a@example.org>
            C: RCPT TO:<b@example.com>
            C: DATA
            S: 250 2.1.0 *
            S: 250 2.1.5 *
            S: 354 *
            C: LINE
            C: .
            S: 250 2.0.0 Accepted
            """
                .replace("LINE", line));
    assertThat(outcome.onlyMessage().text()).isEqualTo(line + "\r\n");
  }

  @Test
  void limitsArePositive() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Limits(0, 1, 1, 1))
        .withMessage("limit of message size is 0, less than 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Limits(1, 1, 1, -5))
        .withMessage("limit of errors is -5, less than 1");
  }

  @Test
  void theServersNameIsADomain() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SessionConfig.defaults("mx example"))
        .withMessage("server name 'mx example' is neither a domain name nor an address literal");
    assertThat(SessionConfig.defaults("mx.bücher.example").serverName())
        .isEqualTo("mx.xn--bcher-kva.example");
  }
}
