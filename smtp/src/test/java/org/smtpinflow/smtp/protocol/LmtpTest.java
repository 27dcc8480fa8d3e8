// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.smtpinflow.api.Client;
import org.smtpinflow.smtp.protocol.SessionConfig.Authentication;
import org.smtpinflow.smtp.protocol.SessionConfig.BareNewlines;
import org.smtpinflow.smtp.protocol.SessionConfig.Limits;
import org.smtpinflow.smtp.protocol.SessionConfig.Service;
import org.smtpinflow.smtp.protocol.SessionConfig.TlsPolicy;

/** LMTP: a reply for each recipient (RFC 2033). */
class LmtpTest {

  private static final Transcript LMTP = with(Limits.defaults());

  private static final String TO_TWO =
      """
      C: MAIL FROM:<a@example.org>
      C: RCPT TO:<first@example.com>
      C: RCPT TO:<unknown@example.com>
      C: RCPT TO:<second@example.com>
      S: 250 2.1.0 *
      S: 250 2.1.5 *
      S: 550 5.1.1 *
      S: 250 2.1.5 *
      """;

  private static SessionConfig config(Limits limits) {
    return new SessionConfig(
            "mx.example.com", limits, SessionConfig.Timeouts.defaults(), BareNewlines.REFUSE, false)
        .with(Service.LMTP, TlsPolicy.OFFERED, Authentication.none());
  }

  private static Transcript with(Limits limits) {
    return Transcript.with(config(limits));
  }

  @Test
  void aTypicalSession() {
    var outcome =
        LMTP.run(
            """
            S: 220 mx.example.com LMTP
            C: LHLO client.example.org
            S: 250-mx.example.com
            S: 250-PIPELINING
            S: 250-SIZE 52428800
            S: 250-8BITMIME
            S: 250-ENHANCEDSTATUSCODES
            S: 250-SMTPUTF8
            S: 250-CHUNKING
            S: 250-BINARYMIME
            S: 250-DSN
            S: 250-LIMITS MAILMAX=1000 RCPTMAX=100
            S: 250-STARTTLS
            S: 250 HELP
            C: MAIL FROM:<chris@bar.example>
            C: RCPT TO:<pat@example.com>
            C: RCPT TO:<unknown@example.com>
            C: RCPT TO:<defer@example.com>
            C: RCPT TO:<reject@example.com>
            C: DATA
            S: 250 2.1.0 Sender OK
            S: 250 2.1.5 Recipient OK
            S: 550 5.1.1 No such mailbox
            S: 250 2.1.5 Recipient OK
            S: 250 2.1.5 Recipient OK
            S: 354 *
            C: Blah blah blah...
            C: .
            C: QUIT
            S: 250 2.0.0 Accepted for pat
            S: 451 4.3.0 Deferred by the bean
            S: 550 5.7.1 Rejected by the bean
            S: 221 2.0.0 Goodbye
            (closed)
            """);
    assertThat(outcome.onlyMessage().text()).isEqualTo("Blah blah blah...\r\n");
    assertThat(outcome.onlyMessage().envelope().recipients()).hasSize(3);
  }

  @Test
  void itBeginsWithLhlo() {
    LMTP.run(
        """
        C: EHLO client.example.org
        S: 500 5.5.1 *LHLO
        C: HELO client.example.org
        S: 500 5.5.1 *LHLO
        C: MAIL FROM:<a@example.org>
        S: 503 5.5.1 Send LHLO first
        C: STARTTLS
        S: 503 5.5.1 Send LHLO first
        C: HELP
        S: 214 2.0.0 Commands: LHLO STARTTLS MAIL RCPT DATA BDAT RSET NOOP VRFY HELP QUIT
        """);
  }

  @Test
  void smtpDoesNotKnowLhlo() {
    Transcript.play(
        """
        C: LHLO client.example.org
        S: 500 5.5.1 Command not recognized
        C: MAIL FROM:<a@example.org>
        S: 503 5.5.1 Send EHLO first
        """);
  }

  @Test
  void aRecipientThatIsThereTwiceGetsTwoReplies() {
    LMTP.runAfterEhlo(
        """
        C: MAIL FROM:<a@example.org>
        C: RCPT TO:<b@example.com>
        C: RCPT TO:<b@example.com>
        C: DATA
        S: 250 2.1.0 *
        S: 250 2.1.5 *
        S: 250 2.1.5 *
        S: 354 *
        C: .
        C: NOOP
        S: 250 2.0.0 Accepted for b
        S: 250 2.0.0 Accepted for b
        S: 250 2.0.0 OK
        """);
  }

  @Test
  void withoutRecipientsThereIsNoContent() {
    LMTP.runAfterEhlo(
        """
        C: DATA
        S: 503 5.5.1 Send MAIL first
        C: MAIL FROM:<a@example.org>
        C: DATA
        S: 250 2.1.0 *
        S: 503 5.5.1 Send RCPT first
        C: RCPT TO:<unknown@example.com>
        C: DATA
        S: 550 5.1.1 *
        S: 503 5.5.1 No valid recipients
        C: BDAT 6 LAST
        C~ QUIT<CR><LF>
        S: 503 5.5.1 No valid recipients
        C: NOOP
        S: 250 2.0.0 OK
        """);
  }

  @Test
  void chunksGetOneReplyUntilTheLast() {
    var outcome =
        LMTP.runAfterEhlo(
            TO_TWO
                + """
                C: BDAT 3
                C~ abc
                C: BDAT 3 LAST
                C~ def
                C: NOOP
                S: 250 2.0.0 Chunk received
                S: 250 2.0.0 Accepted for first
                S: 250 2.0.0 Accepted for second
                S: 250 2.0.0 OK
                """);
    assertThat(outcome.onlyMessage().text()).isEqualTo("abcdef");
  }

  @Test
  void contentThatIsRefusedIsRefusedForEach() {
    with(new Limits(10, 100, 100, 20))
        .runAfterEhlo(
            TO_TWO
                + """
                C: DATA
                S: 354 *
                C: 123456789012
                C: .
                C: NOOP
                S: 552 5.3.4 *
                S: 552 5.3.4 *
                S: 250 2.0.0 OK
                """
                + TO_TWO
                + """
                C: DATA
                S: 354 *
                C: 1<LF>2
                C: .
                C: NOOP
                S: 550 5.6.0 *
                S: 550 5.6.0 *
                S: 250 2.0.0 OK
                """
                + TO_TWO
                + """
                C: BDAT 11 LAST
                C~ QUIT<CR><LF>12345
                C: NOOP
                S: 552 5.3.4 *
                S: 552 5.3.4 *
                S: 250 2.0.0 OK
                """);
  }

  @Test
  void smtpHasOneReplyForAll() {
    Transcript.with(new Limits(10, 100, 100, 20))
        .runAfterEhlo(
            TO_TWO
                + """
                C: DATA
                S: 354 *
                C: 123456789012
                C: .
                C: NOOP
                S: 552 5.3.4 *
                S: 250 2.0.0 OK
                """
                + TO_TWO
                + """
                C: BDAT 11 LAST
                C~ QUIT<CR><LF>12345
                C: NOOP
                S: 552 5.3.4 *
                S: 250 2.0.0 OK
                """);
  }

  @Test
  void whenTheDiskIsFullEachRecipientIsRefused() {
    Transcript transcript = with(Limits.defaults());
    transcript.store().flushEvery(4);
    transcript.store().diskFull();
    transcript.runAfterEhlo(
        TO_TWO
            + """
            C: DATA
            S: 354 *
            C: 12345
            C: .
            C: NOOP
            S: 452 4.3.1 *
            S: 452 4.3.1 *
            S: 250 2.0.0 OK
            """);
  }

  @Test
  void whenThereIsNoRoomDataGetsOneReply() {
    Transcript transcript = with(Limits.defaults());
    transcript.store().budget(-1);
    transcript.runAfterEhlo(
        TO_TWO
            + """
            C: DATA
            S: 452 4.3.1 *
            C: NOOP
            S: 250 2.0.0 OK
            """);
  }

  @Test
  void aChunkThatIsRefusedGetsOneReplyAndTheLastOneForEach() {
    with(new Limits(10, 100, 100, 20))
        .runAfterEhlo(
            TO_TWO
                + """
                C: BDAT 11
                C~ 12345678901
                C: BDAT 1
                C~ 1
                C: BDAT 1 LAST
                C~ 1
                C: NOOP
                S: 552 5.3.4 *
                S: 503 5.5.1 The message was refused already
                S: 503 5.5.1 The message was refused already
                S: 503 5.5.1 The message was refused already
                S: 250 2.0.0 OK
                """);
  }

  @Test
  void aMessageIsOneErrorHoweverManyRecipientsItHas() {
    with(new Limits(10, 100, 100, 3))
        .runAfterEhlo(
            """
            C: MAIL FROM:<a@example.org>
            C: RCPT TO:<reject@example.com>
            C: RCPT TO:<reject@example.com>
            C: RCPT TO:<reject@example.com>
            C: DATA
            S: 250 2.1.0 *
            S: 250 2.1.5 *
            S: 250 2.1.5 *
            S: 250 2.1.5 *
            S: 354 *
            C: .
            S: 550 5.7.1 *
            S: 550 5.7.1 *
            S: 550 5.7.1 *
            C: FOO
            S: 500 5.5.1 *
            C: FOO
            S: 500 5.5.1 *
            S: 421 4.7.0 *
            (closed)
            """);
  }

  @Test
  void everyRecipientGetsItsOutcomeBeforeTheEnd() {
    LMTP.runAfterEhlo(
        """
        C: MAIL FROM:<a@example.org>
        C: RCPT TO:<stop@example.com>
        C: RCPT TO:<b@example.com>
        C: DATA
        S: 250 2.1.0 *
        S: 250 2.1.5 *
        S: 250 2.1.5 *
        S: 354 *
        C: .
        C: NOOP
        S: 421 4.3.2 Shutting down
        S: 250 2.0.0 Accepted for b
        (closed)
        """);
  }

  @Test
  void theDriverAnswersForEachRecipient() {
    SmtpSession session =
        new SmtpSession(
            config(Limits.defaults()),
            Driver.address(192, 0, 2, 1),
            new Client.Listener("lmtp", Driver.address(192, 0, 2, 25)),
            new TestStore(),
            InstantSource.fixed(Driver.NOW));
    session.start();
    Reply ok = Reply.of(250, "2.0.0", "OK");
    RecipientDecision accepted = new RecipientDecision.Accepted(ok, Acceptance.NOTHING);
    session.advance(input("LHLO x\r\nMAIL FROM:<>\r\nRCPT TO:<a@example.com>\r\n"));
    assertThatIllegalStateException().isThrownBy(() -> session.answer(List.of(ok)));
    session.answer(accepted);
    assertThat(session.advance(input("BDAT 0 LAST\r\n"))).isInstanceOf(Step.AskMessage.class);
    assertThatIllegalStateException().isThrownBy(() -> session.answer(accepted));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> session.answer(List.of(ok, ok)))
        .withMessage("answer has 2 replies, but the message gets 1 for 1 recipients");
    session.answer(List.of(ok));
  }

  private static ByteBuf input(String text) {
    return Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII);
  }
}
