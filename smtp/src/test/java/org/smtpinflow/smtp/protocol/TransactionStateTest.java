// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Which command may come when (RFC 5321, sections 3.3 and 4.1.4). */
class TransactionStateTest {

  @Test
  void nothingButHelloBeginsTheSession() {
    Transcript.play(
        """
        C: MAIL FROM:<a@example.org>
        S: 503 5.5.1 Send EHLO first
        C: RCPT TO:<a@example.com>
        S: 503 5.5.1 Send EHLO first
        C: DATA
        S: 503 5.5.1 Send EHLO first
        C: BDAT 4 LAST
        C~ QUIT
        S: 503 5.5.1 Send EHLO first
        C: MAIL FROM:<a@example.org>
        S: 503 5.5.1 Send EHLO first
        """);
  }

  @Test
  void someCommandsMayComeAtAnyTime() {
    Transcript.play(
        """
        C: NOOP
        S: 250 2.0.0 OK
        C: NOOP whatever that means
        S: 250 2.0.0 OK
        C: RSET
        S: 250 2.0.0 OK
        C: VRFY jones
        S: 252 2.0.0 *
        C: HELP
        S: 214 2.0.0 *
        C: HELP MAIL
        S: 214 2.0.0 *
        C: QUIT
        S: 221 2.0.0 Goodbye
        (closed)
        """);
  }

  @Test
  void commandsInTheMiddleOfATransactionLeaveItAlone() {
    var outcome =
        Transcript.playAfterEhlo(
            """
            C: MAIL FROM:<a@example.org>
            S: 250 2.1.0 *
            C: NOOP
            S: 250 2.0.0 OK
            C: RCPT TO:<b@example.com>
            S: 250 2.1.5 *
            C: VRFY b
            S: 252 2.0.0 *
            C: FOO
            S: 500 5.5.1 Command not recognized
            C: DATA
            S: 354 *
            C: .
            S: 250 2.0.0 Accepted
            """);
    assertThat(outcome.onlyMessage().text()).isEmpty();
  }

  @Test
  void mailTransactionsDoNotNest() {
    var outcome =
        Transcript.playAfterEhlo(
            """
            C: MAIL FROM:<first@example.org>
            S: 250 2.1.0 *
            C: MAIL FROM:<second@example.org>
            S: 503 5.5.1 A mail transaction is open already
            C: RCPT TO:<b@example.com>
            S: 250 2.1.5 *
            C: MAIL FROM:<third@example.org>
            S: 503 5.5.1 A mail transaction is open already
            C: DATA
            S: 354 *
            C: .
            S: 250 2.0.0 Accepted
            """);
    assertThat(outcome.onlyMessage().envelope().reversePath()).hasToString("<first@example.org>");
  }

  @Test
  void rcptNeedsMail() {
    Transcript.playAfterEhlo(
        """
        C: RCPT TO:<b@example.com>
        S: 503 5.5.1 Send MAIL first
        C: MAIL FROM:<bad
        S: 501 5.5.4 *
        C: RCPT TO:<b@example.com>
        S: 503 5.5.1 Send MAIL first
        """);
  }

  @Test
  void dataNeedsMailAndARecipient() {
    Transcript.playAfterEhlo(
        """
        C: DATA
        S: 503 5.5.1 Send MAIL first
        C: MAIL FROM:<a@example.org>
        S: 250 2.1.0 *
        C: DATA
        S: 503 5.5.1 Send RCPT first
        C: RCPT TO:<unknown@example.com>
        S: 550 5.1.1 No such mailbox
        C: RCPT TO:<later@example.com>
        S: 451 4.3.2 Not now
        C: DATA
        S: 554 5.5.1 No valid recipients
        C: RCPT TO:<b@example.com>
        S: 250 2.1.5 *
        C: DATA
        S: 354 *
        C: .
        S: 250 2.0.0 Accepted
        """);
  }

  @Test
  void anyNumberOfMessagesMayFollowEachOther() {
    var outcome =
        Transcript.playAfterEhlo(
            """
            C: MAIL FROM:<a@example.org>
            C: RCPT TO:<first@example.com>
            C: DATA
            S: 250 2.1.0 *
            S: 250 2.1.5 *
            S: 354 *
            C: one
            C: .
            S: 250 2.0.0 Accepted
            C: MAIL FROM:<>
            C: RCPT TO:<reject@example.com>
            C: DATA
            S: 250 2.1.0 *
            S: 250 2.1.5 *
            S: 354 *
            C: two
            C: .
            S: 550 5.7.1 Rejected by the bean
            C: MAIL FROM:<a@example.org>
            C: RCPT TO:<third@example.com>
            C: DATA
            S: 250 2.1.0 *
            S: 250 2.1.5 *
            S: 354 *
            C: three
            C: .
            S: 250 2.0.0 Accepted
            """);
    assertThat(outcome.messages())
        .extracting("text")
        .containsExactly("one\r\n", "two\r\n", "three\r\n");
    assertThat(outcome.messages()).extracting(m -> m.mail().id()).doesNotHaveDuplicates();
    assertThat(outcome.messages())
        .allSatisfy(message -> assertThat(message.envelope().recipients()).hasSize(1));
  }

  @Test
  void rsetEndsTheTransaction() {
    Transcript.playAfterEhlo(
        """
        C: MAIL FROM:<a@example.org>
        C: RCPT TO:<b@example.com>
        C: RSET
        S: 250 2.1.0 *
        S: 250 2.1.5 *
        S: 250 2.0.0 OK
        C: RCPT TO:<b@example.com>
        S: 503 5.5.1 Send MAIL first
        C: DATA
        S: 503 5.5.1 Send MAIL first
        C: MAIL FROM:<a@example.org>
        S: 250 2.1.0 *
        """);
  }

  @Test
  void helloEndsTheTransactionToo() {
    Transcript.playAfterEhlo(
        """
        C: MAIL FROM:<a@example.org>
        S: 250 2.1.0 *
        C: HELO client.example.org
        S: 250 mx.example.com
        C: RCPT TO:<b@example.com>
        S: 503 5.5.1 Send MAIL first
        """);
  }

  @Test
  void aHelloThatIsRefusedChangesNothing() {
    Transcript.playAfterEhlo(
        """
        C: MAIL FROM:<a@example.org>
        S: 250 2.1.0 *
        C: EHLO
        S: 501 5.5.4 *
        C: HELO two words
        S: 501 5.5.4 *
        C: EHLO bücher.example
        S: 501 5.5.4 *
        C: RCPT TO:<b@example.com>
        S: 250 2.1.5 *
        """);
  }

  @Test
  void theNameInHelloMayBeAnyWord() {
    var outcome =
        Transcript.play(
            """
            C: HELO my_pc!(x)
            S: 250 mx.example.com
            C: MAIL FROM:<a@example.org>
            S: 250 2.1.0 *
            C: RCPT TO:<b@example.com>
            S: 250 2.1.5 *
            C: DATA
            S: 354 *
            C: .
            S: 250 2.0.0 Accepted
            """);
    assertThat(outcome.onlyMessage().mail().client().helo()).isEqualTo("my_pc!(x)");
  }

  @Test
  void afterHeloThereAreNoExtensions() {
    Transcript.play(
        """
        C: HELO client.example.org
        S: 250 mx.example.com
        C: MAIL FROM:<a@example.org> SIZE=100
        S: 555 5.5.4 Parameters need EHLO instead of HELO
        C: MAIL FROM:<a@example.org>
        S: 250 2.1.0 *
        C: RCPT TO:<b@example.com> NOTIFY=NEVER
        S: 555 5.5.4 Parameters need EHLO instead of HELO
        C: RCPT TO:<b@example.com>
        S: 250 2.1.5 *
        """);
  }

  @Test
  void commandsWithoutArgumentsRefuseThem() {
    Transcript.playAfterEhlo(
        """
        C: RSET now
        S: 501 5.5.4 The command takes no argument
        C: QUIT now
        S: 501 5.5.4 The command takes no argument
        C: MAIL FROM:<a@example.org>
        C: RCPT TO:<b@example.com>
        C: DATA now
        S: 250 2.1.0 *
        S: 250 2.1.5 *
        S: 501 5.5.4 The command takes no argument
        C: VRFY
        S: 501 5.5.4 VRFY needs an argument
        """);
  }

  @Test
  void whatIsNotOfferedIsKnown() {
    Transcript.playAfterEhlo(
        """
        C: EXPN staff
        S: 502 5.5.1 Command not implemented
        C: STARTTLS
        S: 502 5.5.1 Command not implemented
        C: AUTH PLAIN AGEAYg==
        S: 502 5.5.1 Command not implemented
        """);
  }

  @Test
  void aMessageThatTheApplicationAnswersWith421EndsTheSession() {
    Transcript.playAfterEhlo(
        """
        C: MAIL FROM:<a@example.org>
        C: RCPT TO:<stop@example.com>
        C: DATA
        S: 250 2.1.0 *
        S: 250 2.1.5 *
        S: 354 *
        C: .
        C: MAIL FROM:<a@example.org>
        S: 421 4.3.2 Shutting down
        (closed)
        """);
  }
}
