// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.smtpinflow.smtp.protocol.SessionConfig.BareNewlines;

/**
 * Content after DATA: its transparency and its end (RFC 5321, sections 2.3.8, 4.1.1.4 and 4.5.2).
 */
class DataTest {

  private static final String ENVELOPE =
      "EHLO x<CR><LF>MAIL FROM:<a@example.org><CR><LF>RCPT TO:<b@example.com><CR><LF>DATA<CR><LF>";

  @ParameterizedTest
  @CsvSource({
    "'', ''",
    "x<CR><LF>, x<CR><LF>",
    "..<CR><LF>, .<CR><LF>",
    "..x<CR><LF>, .x<CR><LF>",
    "...<CR><LF>, ..<CR><LF>",
    // Only a dot that a client should have doubled, but it goes all the same (section 4.5.2).
    ".x<CR><LF>, x<CR><LF>",
    "x.<CR><LF>, x.<CR><LF>",
    "x<CR><LF>..<CR><LF>..<CR><LF>y<CR><LF>, x<CR><LF>.<CR><LF>.<CR><LF>y<CR><LF>",
    "x..<CR><LF>y.z<CR><LF>, x..<CR><LF>y.z<CR><LF>",
    "<CR><LF><CR><LF>, <CR><LF><CR><LF>",
    "<NUL><FF><TAB>é<CR><LF>, <NUL><FF><TAB>é<CR><LF>",
    "QUIT<CR><LF>BDAT 5<CR><LF>, QUIT<CR><LF>BDAT 5<CR><LF>",
  })
  void contentArrivesAsItWasBeforeTheClientDoubledDots(String sent, String content) {
    byte[] input = Transcript.octets(ENVELOPE + sent + ".<CR><LF>");
    for (int cut = 0; cut <= input.length; cut++) {
      var message = play(BareNewlines.REFUSE, input, cut, "250 2.0.0 Accepted\r\n");
      assertThat(message.text()).isEqualTo(latin1(content));
    }
  }

  /** What other servers have taken for the end of content, and what it is if taken as content. */
  @ParameterizedTest
  @CsvSource({
    "<LF>.<LF>, <LF>.<LF>",
    "<LF>.<CR><LF>, <LF>.<CR><LF>",
    "<LF>.<CR>, <LF>.<CR>",
    "<CR>.<CR>, <CR>.<CR>",
    "<CR>.<LF>, <CR>.<LF>",
    "<CR>.<CR><LF>, <CR>.<CR><LF>",
    "<LF><CR>.<CR><LF>, <LF><CR>.<CR><LF>",
    "<CR><LF>.<LF>, <CR><LF><LF>",
    "<CR><LF>.<CR>, <CR><LF><CR>",
    "<CR><LF>.<CR><CR><LF>, <CR><LF><CR><CR><LF>",
    "<CR><LF>.<LF><CR><LF>, <CR><LF><LF><CR><LF>",
    "<CR><CR><LF>..<CR><LF>, <CR><CR><LF>.<CR><LF>",
    "<LF>.<LF><CR><LF>, <LF>.<LF><CR><LF>",
  })
  void nothingElseEndsContentWhereverItIsCut(String newlines, String content) {
    String rest = "MAIL FROM:<evil@example.org><CR><LF>RCPT TO:<evil@example.com><CR><LF>";
    byte[] input = Transcript.octets(ENVELOPE + "x" + newlines + rest + ".<CR><LF>NOOP<CR><LF>");
    for (int cut = 0; cut <= input.length; cut++) {
      play(
          BareNewlines.REFUSE,
          input,
          cut,
          "550 5.6.0 Message has a bare CR or LF; lines must end in CRLF\r\n250 2.0.0 OK\r\n");
      var message = play(BareNewlines.ACCEPT, input, cut, "250 2.0.0 Accepted\r\n250 2.0.0 OK\r\n");
      assertThat(message.text()).isEqualTo(latin1("x" + content + rest));
    }
  }

  /** Also what looks like the end but for octets that are easily overlooked. */
  @ParameterizedTest
  @ValueSource(strings = {". ", ".<NUL>", ".<TAB>", " .", "<NUL>.", "..", "._"})
  void aLineWithMoreThanADotIsContent(String line) {
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
            C: RSET
            C: .
            S: 250 2.0.0 Accepted
            """
                .replace("LINE", line));
    assertThat(outcome.onlyMessage().text()).endsWith("\r\nRSET\r\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"<CR><CR><LF>.<CR><LF>", "<LF><CR><LF>.<CR><LF>", "<LF>.<CR><LF>.<CR><LF>"})
  void aBareNewlineBeforeItDoesNotHideTheEnd(String end) {
    byte[] input = Transcript.octets(ENVELOPE + "x" + end + "NOOP<CR><LF>");
    for (int cut = 0; cut <= input.length; cut++) {
      play(
          BareNewlines.REFUSE,
          input,
          cut,
          "550 5.6.0 Message has a bare CR or LF; lines must end in CRLF\r\n250 2.0.0 OK\r\n");
      play(BareNewlines.ACCEPT, input, cut, "250 2.0.0 Accepted\r\n250 2.0.0 OK\r\n");
    }
  }

  @Test
  void aMessageThatWasRefusedLeavesNothingToTheNext() {
    var outcome =
        Transcript.playAfterEhlo(
            """
            C: MAIL FROM:<a@example.org>
            C: RCPT TO:<b@example.com>
            C: DATA
            S: 250 2.1.0 *
            S: 250 2.1.5 *
            S: 354 *
            C: first<LF>line
            C: .
            S: 550 5.6.0 *
            C: DATA
            S: 503 5.5.1 Send MAIL first
            C: MAIL FROM:<a@example.org>
            C: RCPT TO:<c@example.com>
            C: DATA
            S: 250 2.1.0 *
            S: 250 2.1.5 *
            S: 354 *
            C: second
            C: .
            S: 250 2.0.0 Accepted
            """);
    assertThat(outcome.onlyMessage().text()).isEqualTo("second\r\n");
    assertThat(outcome.onlyMessage().envelope().recipients()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Subject: hello",
        "From: a@example.org",
        "Received: from x",
        "",
        " folded",
        ".",
        "Data: x",
        "x<LF>y",
        "x<CR>y"
      })
  void contentThatDoesNotWaitForThe354EndsTheSession(String firstLine) {
    var outcome =
        Transcript.playAfterEhlo(
            """
            C: MAIL FROM:<a@example.org>
            C: RCPT TO:<unknown@example.com>
            C: DATA
            C: LINE
            C:
            C: RSET
            C: MAIL FROM:<evil@example.org>
            C: RCPT TO:<evil@example.com>
            C: .
            S: 250 2.1.0 *
            S: 550 5.1.1 *
            S: 554 5.5.1 No valid recipients
            S: 421 4.5.0 Cannot tell commands from message content, closing connection
            (closed)
            """
                .replace("LINE", firstLine));
    assertThat(outcome.recipients()).hasSize(1);
  }

  @Test
  void aCommandAfterARefusedDataIsACommand() {
    Transcript.playAfterEhlo(
        """
        C: DATA
        S: 503 5.5.1 Send MAIL first
        C: NOOP
        S: 250 2.0.0 OK
        C: FOO
        S: 500 5.5.1 Command not recognized
        """);
  }

  /** Plays a session cut in two; returns its message if there is one. */
  private static Driver.Message play(
      BareNewlines bareNewlines, byte[] input, int cut, String lastReplies) {
    try (Driver driver = new Driver(Transcript.config(bareNewlines), new TestStore())) {
      driver.send(Arrays.copyOf(input, cut));
      driver.send(Arrays.copyOfRange(input, cut, input.length));
      String output = driver.takeOutput();
      String afterData = output.substring(output.indexOf("354 "));
      assertThat(afterData.substring(afterData.indexOf("\r\n") + 2))
          .as("replies to content, cut at %s", cut)
          .isEqualTo(lastReplies);
      assertThat(driver.recipients()).hasSize(1);
      return driver.messages().isEmpty() ? null : driver.messages().get(0);
    }
  }

  private static String latin1(String text) {
    return new String(Transcript.octets(text), java.nio.charset.StandardCharsets.ISO_8859_1);
  }
}
