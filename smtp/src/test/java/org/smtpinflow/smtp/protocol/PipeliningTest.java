// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Groups of commands (RFC 2920, section 3). */
class PipeliningTest {

  @Test
  void aGroupIsAnsweredInOrder() {
    var outcome =
        Transcript.playAfterEhlo(
            """
            C: RSET
            C: MAIL FROM:<a@example.org>
            C: RCPT TO:<b@example.com>
            C: RCPT TO:<unknown@example.com>
            C: RCPT TO:<c@example.com>
            C: DATA
            S: 250 2.0.0 OK
            S: 250 2.1.0 *
            S: 250 2.1.5 *
            S: 550 5.1.1 *
            S: 250 2.1.5 *
            S: 354 *
            C: content
            C: .
            C: MAIL FROM:<d@example.org>
            C: RCPT TO:<reject@example.com>
            C: DATA
            S: 250 2.0.0 Accepted
            S: 250 2.1.0 *
            S: 250 2.1.5 *
            S: 354 *
            C: more
            C: .
            C: QUIT
            S: 550 5.7.1 Rejected by the bean
            S: 221 2.0.0 Goodbye
            (closed)
            """);
    assertThat(outcome.messages()).extracting("text").containsExactly("content\r\n", "more\r\n");
  }

  @Test
  void aGroupWithoutAnyValidRecipientLeavesTheSessionInStep() {
    Transcript.playAfterEhlo(
        """
        C: MAIL FROM:<a@example.org>
        C: RCPT TO:<unknown@example.com>
        C: DATA
        S: 250 2.1.0 *
        S: 550 5.1.1 *
        S: 554 5.5.1 No valid recipients
        C: RSET
        C: MAIL FROM:<a@example.org>
        C: RCPT TO:<b@example.com>
        C: DATA
        S: 250 2.0.0 OK
        S: 250 2.1.0 *
        S: 250 2.1.5 *
        S: 354 *
        C: .
        S: 250 2.0.0 Accepted
        """);
  }

  @Test
  void whatFollowsQuitIsNotRead() {
    Transcript.playAfterEhlo(
        """
        C: QUIT
        C: MAIL FROM:<a@example.org>
        S: 221 2.0.0 Goodbye
        (closed)
        """);
  }
}
