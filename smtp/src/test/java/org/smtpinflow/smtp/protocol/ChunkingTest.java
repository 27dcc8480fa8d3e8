// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.smtpinflow.api.BodyType;
import org.smtpinflow.smtp.protocol.SessionConfig.BareNewlines;
import org.smtpinflow.smtp.protocol.SessionConfig.Limits;

/** BDAT and BINARYMIME (RFC 3030, sections 2 to 4). */
class ChunkingTest {

  @Test
  void aMessageInChunks() {
    var outcome =
        Transcript.playAfterEhlo(
            """
            C: MAIL FROM:<a@example.org> BODY=8BITMIME
            S: 250 2.1.0 *
            C: RCPT TO:<b@example.com>
            S: 250 2.1.5 *
            C: BDAT 7
            C~ one<CR><LF>.<CR>
            S: 250 2.0.0 Chunk received
            C: bdat 0
            S: 250 2.0.0 Chunk received
            C: BDAT 4
            C~ <LF>..x
            S: 250 2.0.0 Chunk received
            C: BDAT 7 last
            C~ QUIT<CR><LF>y
            S: 250 2.0.0 Accepted
            """);
    // Nothing is taken away, and nothing ends it but the count.
    assertThat(outcome.onlyMessage().text()).isEqualTo("one\r\n.\r\n..xQUIT\r\ny");
  }

  @Test
  void anyNumberOfMessagesInASessionAndWithDataInTurn() {
    var outcome =
        Transcript.playAfterEhlo(
            """
            C: MAIL FROM:<a@example.org>
            C: RCPT TO:<b@example.com>
            C: BDAT 5 LAST
            C~ first
            C: MAIL FROM:<a@example.org>
            C: RCPT TO:<b@example.com>
            C: DATA
            S: 250 2.1.0 *
            S: 250 2.1.5 *
            S: 250 2.0.0 Accepted
            S: 250 2.1.0 *
            S: 250 2.1.5 *
            S: 354 *
            C: second
            C: .
            C: MAIL FROM:<a@example.org>
            C: RCPT TO:<b@example.com>
            C: BDAT 3
            C~ thi
            C: BDAT 2
            C~ rd
            C: BDAT 0 LAST
            C: MAIL FROM:<a@example.org>
            C: RCPT TO:<b@example.com>
            C: BDAT 6 LAST
            C~ fourth
            S: 250 2.0.0 Accepted
            S: 250 2.1.0 *
            S: 250 2.1.5 *
            S: 250 2.0.0 Chunk received
            S: 250 2.0.0 Chunk received
            S: 250 2.0.0 Accepted
            S: 250 2.1.0 *
            S: 250 2.1.5 *
            S: 250 2.0.0 Accepted
            """);
    assertThat(outcome.messages())
        .extracting("text")
        .containsExactly("first", "second\r\n", "third", "fourth");
  }

  @Test
  void anEmptyMessage() {
    var outcome =
        Transcript.playAfterEhlo(
            """
            C: MAIL FROM:<a@example.org>
            C: RCPT TO:<b@example.com>
            C: BDAT 0 LAST
            S: 250 2.1.0 *
            S: 250 2.1.5 *
            S: 250 2.0.0 Accepted
            """);
    assertThat(outcome.onlyMessage().text()).isEmpty();
  }

  @Test
  void aBinaryMessageMayHaveAnyOctets() {
    var outcome =
        Transcript.playAfterEhlo(
            """
            C: MAIL FROM:<a@example.org> BODY=BINARYMIME
            C: RCPT TO:<b@example.com>
            C: BDAT 9
            C~ <NUL><CR><CR><LF><LF>.<LF><FF><CR>
            C: BDAT 6 LAST
            C~ x<CR><LF>.<CR><LF>
            S: 250 2.1.0 *
            S: 250 2.1.5 *
            S: 250 2.0.0 Chunk received
            S: 250 2.0.0 Accepted
            """);
    assertThat(outcome.onlyMessage().text()).isEqualTo("\0\r\r\n\n.\n\u00ff\rx\r\n.\r\n");
    assertThat(outcome.onlyMessage().envelope().body()).isEqualTo(BodyType.BINARY_MIME);
  }

  @Test
  void aBinaryMessageMayNotComeByData() {
    Transcript.playAfterEhlo(
        """
        C: MAIL FROM:<a@example.org> BODY=BINARYMIME
        C: RCPT TO:<b@example.com>
        C: DATA
        S: 250 2.1.0 *
        S: 250 2.1.5 *
        S: 503 5.5.1 BODY=BINARYMIME must be sent with BDAT
        C: BDAT 1 LAST
        C~ x
        S: 250 2.0.0 Accepted
        """);
  }

  @Test
  void dataAndRcptMayNotFollowAChunk() {
    var outcome =
        Transcript.playAfterEhlo(
            """
            C: MAIL FROM:<a@example.org>
            C: RCPT TO:<b@example.com>
            C: BDAT 4
            C~ some
            S: 250 2.1.0 *
            S: 250 2.1.5 *
            S: 250 2.0.0 Chunk received
            C: DATA
            S: 503 5.5.1 The message content has begun with BDAT
            C: RCPT TO:<c@example.com>
            S: 503 5.5.1 The message content has begun with BDAT
            C: MAIL FROM:<a@example.org>
            S: 503 5.5.1 A mail transaction is open already
            C: NOOP
            S: 250 2.0.0 OK
            C: BDAT 4 LAST
            C~ more
            S: 250 2.0.0 Accepted
            """);
    assertThat(outcome.onlyMessage().text()).isEqualTo("somemore");
    assertThat(outcome.onlyMessage().envelope().recipients()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"RSET", "EHLO x", "HELO x"})
  void aResetBetweenChunksThrowsAwayWhatCame(String reset) {
    var outcome =
        Transcript.playAfterEhlo(
            """
            C: MAIL FROM:<a@example.org>
            C: RCPT TO:<b@example.com>
            C: BDAT 5
            C~ first
            S: 250 2.1.0 *
            S: 250 2.1.5 *
            S: 250 2.0.0 Chunk received
            C: RESET
            REPLY
            C: BDAT 6 LAST
            C~ second
            S: 503 5.5.1 Send MAIL first
            C: MAIL FROM:<a@example.org>
            C: RCPT TO:<b@example.com>
            C: BDAT 5 LAST
            C~ third
            S: 250 2.1.0 *
            S: 250 2.1.5 *
            S: 250 2.0.0 Accepted
            """
                .replace("RESET", reset)
                .replace(
                    "REPLY", "S: 250-*\n".repeat(reset.startsWith("EHLO") ? 10 : 0) + "S: 250 *"));
    assertThat(outcome.onlyMessage().text()).isEqualTo("third");
  }

  @Test
  void quitBetweenChunksEndsTheSession() {
    var outcome =
        Transcript.playAfterEhlo(
            """
            C: MAIL FROM:<a@example.org>
            C: RCPT TO:<b@example.com>
            C: BDAT 5
            C~ first
            C: QUIT
            S: 250 2.1.0 *
            S: 250 2.1.5 *
            S: 250 2.0.0 Chunk received
            S: 221 2.0.0 Goodbye
            (closed)
            """);
    assertThat(outcome.messages()).isEmpty();
  }

  @Test
  void aChunkAfterTheLastIsRefusedAndRead() {
    Transcript.playAfterEhlo(
        """
        C: MAIL FROM:<a@example.org>
        C: RCPT TO:<b@example.com>
        C: BDAT 1 LAST
        C~ x
        C: BDAT 6 LAST
        C~ QUIT<CR><LF>
        C: NOOP
        S: 250 2.1.0 *
        S: 250 2.1.5 *
        S: 250 2.0.0 Accepted
        S: 503 5.5.1 Send MAIL first
        S: 250 2.0.0 OK
        """);
  }

  @Test
  void aRefusedChunkIsReadWhateverItWasRefusedFor() {
    Transcript.play(
        """
        C: BDAT 6
        C~ QUIT<CR><LF>
        S: 503 5.5.1 Send EHLO first
        C: HELO x
        S: 250 mx.example.com
        C: BDAT 6
        C~ QUIT<CR><LF>
        S: 503 5.5.1 Send MAIL first
        C: MAIL FROM:<a@example.org>
        S: 250 2.1.0 *
        C: BDAT 6 LAST
        C~ QUIT<CR><LF>
        S: 503 5.5.1 Send RCPT first
        C: MAIL FROM:<a@example.org>
        C: RCPT TO:<unknown@example.com>
        S: 250 2.1.0 *
        S: 550 5.1.1 *
        C: BDAT 6 LAST
        C~ QUIT<CR><LF>
        S: 554 5.5.1 No valid recipients
        C: MAIL FROM:<a@example.org>
        C: RCPT TO:<b@example.com>
        S: 250 2.1.0 *
        S: 250 2.1.5 *
        C: BDAT 6 FIRST
        C~ QUIT<CR><LF>
        S: 501 5.5.4 Only LAST may follow the chunk size
        """);
  }

  @Test
  void aMessageOfWhichAChunkWasRefusedIsNeverAccepted() {
    var outcome =
        Transcript.playAfterEhlo(
            """
            C: MAIL FROM:<a@example.org>
            C: BDAT 5
            C~ first
            C: RCPT TO:<b@example.com>
            C: BDAT 6 LAST
            C~ second
            S: 250 2.1.0 *
            S: 503 5.5.1 Send RCPT first
            S: 503 5.5.1 The message was refused already
            S: 503 5.5.1 The message was refused already
            C: MAIL FROM:<a@example.org>
            C: RCPT TO:<b@example.com>
            C: BDAT 5
            C~ first
            C: BDAT 6 FOO
            C~ second
            C: BDAT 5 LAST
            C~ third
            S: 250 2.1.0 *
            S: 250 2.1.5 *
            S: 250 2.0.0 Chunk received
            S: 501 5.5.4 Only LAST may follow the chunk size
            S: 503 5.5.1 The message was refused already
            """);
    assertThat(outcome.messages()).isEmpty();
  }

  @Test
  void chunksThatWereOnTheirWayWhenOneWasRefusedAreNotErrors() {
    Transcript.with(new Limits(10, 100, 1000, 2))
        .runAfterEhlo(
            """
            C: MAIL FROM:<a@example.org>
            C: RCPT TO:<b@example.com>
            C: BDAT 11
            C~ 12345678901
            C: BDAT 3
            C~ abc
            C: BDAT 3
            C~ abc
            C: BDAT 3 LAST
            C~ abc
            C: MAIL FROM:<a@example.org>
            S: 250 2.1.0 *
            S: 250 2.1.5 *
            S: 552 5.3.4 *
            S: 503 5.5.1 The message was refused already
            S: 503 5.5.1 The message was refused already
            S: 503 5.5.1 The message was refused already
            S: 250 2.1.0 *
            """);
  }

  @ParameterizedTest
  @ValueSource(strings = {"x<LF>y", "x<CR>y", "<LF>", "x<CR>", "x<CR><LF><LF>", "<CR><CR><LF>"})
  void textInChunksMayNotHaveBareNewlines(String text) {
    var outcome =
        Transcript.playAfterEhlo(
            """
            C: MAIL FROM:<a@example.org>
            C: RCPT TO:<b@example.com>
            C: BDAT SIZE LAST
            C~ TEXT
            S: 250 2.1.0 *
            S: 250 2.1.5 *
            S: 550 5.6.0 Message has a bare CR or LF; lines must end in CRLF
            C: NOOP
            S: 250 2.0.0 OK
            """
                .replace("SIZE", "" + Transcript.octets(text).length)
                .replace("TEXT", text));
    assertThat(outcome.messages()).isEmpty();
  }

  @Test
  void aBareCarriageReturnAtTheEndOfAChunkShowsInTheNext() {
    Transcript.playAfterEhlo(
        """
        C: MAIL FROM:<a@example.org>
        C: RCPT TO:<b@example.com>
        C: BDAT 2
        C~ x<CR>
        C: BDAT 1 LAST
        C~ y
        S: 250 2.1.0 *
        S: 250 2.1.5 *
        S: 250 2.0.0 Chunk received
        S: 550 5.6.0 *
        """);
  }

  @Test
  void bareNewlinesInChunksAreKeptIfTheyAreAccepted() {
    var outcome =
        Transcript.with(BareNewlines.ACCEPT)
            .runAfterEhlo(
                """
                C: MAIL FROM:<a@example.org>
                C: RCPT TO:<b@example.com>
                C: BDAT 5 LAST
                C~ x<LF>.<LF><CR>
                S: 250 2.1.0 *
                S: 250 2.1.5 *
                S: 250 2.0.0 Accepted
                """);
    assertThat(outcome.onlyMessage().text()).isEqualTo("x\n.\n\r");
  }
}
