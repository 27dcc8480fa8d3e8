// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.protocol;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How commands are cut out of what the client sends (RFC 5321, sections 2.3.8, 2.4 and 4.1.1). */
class CommandLinesTest {

  @Test
  void verbsAndKeywordsAreInEitherCase() {
    Transcript.play(
        """
        C: ehlo client.example.org
        S: 250-mx.example.com
        S: 250-*
        S: 250-*
        S: 250-*
        S: 250-*
        S: 250-*
        S: 250-*
        S: 250-*
        S: 250-*
        S: 250-*
        S: 250 HELP
        C: mAiL fRoM:<a@example.org> bOdY=8bitmime
        S: 250 2.1.0 *
        C: rcpt to:<b@example.com> notify=never
        S: 250 2.1.5 *
        C: rset
        S: 250 2.0.0 OK
        C: quit
        S: 221 2.0.0 Goodbye
        (closed)
        """);
  }

  @Test
  void spacesAtTheEndOfALineAreIgnored() {
    Transcript.playAfterEhlo(
        """
        C~ MAIL FROM:<a@example.org>  <CR><LF>
        S: 250 2.1.0 *
        C~ RSET   <CR><LF>
        S: 250 2.0.0 OK
        C~ BDAT 0   LAST <CR><LF>
        S: 503 5.5.1 Send MAIL first
        """);
  }

  @ParameterizedTest
  @ValueSource(strings = {"FOO", "", " ", " NOOP", "NOOPS", "NOOP:", "XCLIENT a=b", "ETRN x", "é"})
  void whatIsNoVerbIsNotRecognized(String line) {
    Transcript.playAfterEhlo(
        """
        C: LINE
        S: 500 5.5.1 Command not recognized
        C: NOOP
        S: 250 2.0.0 OK
        """
            .replace("LINE", line));
  }

  @Test
  void aBareLineFeedDoesNotEndALine() {
    Transcript.playAfterEhlo(
        """
        C: NOOP<LF>QUIT
        S: 500 5.5.2 Line does not end in CRLF: bare CR or LF
        C: NOOP
        S: 250 2.0.0 OK
        """);
  }

  @Test
  void aBareCarriageReturnDoesNotEndALine() {
    Transcript.playAfterEhlo(
        """
        C: NOOP<CR>QUIT
        S: 500 5.5.2 Line does not end in CRLF: bare CR or LF
        C: NOOP<CR>
        S: 500 5.5.2 Line does not end in CRLF: bare CR or LF
        C: NOOP
        S: 250 2.0.0 OK
        """);
  }

  @Test
  void aClientThatSendsNoCrlfIsToldSo() {
    Transcript.playAfterEhlo(
        """
        C~ NOOP<LF>
        S: 500 5.5.2 Line does not end in CRLF: bare CR or LF
        C~ QUIT<LF>
        C~ QUIT<LF>QUIT<CR>QUIT<CR>
        C~ <LF>NOOP<CR>
        C~ <LF>
        S: 250 2.0.0 OK
        """);
  }

  @Test
  void controlCharactersAreRefused() {
    Transcript.playAfterEhlo(
        """
        C: NOOP <NUL>
        S: 500 5.5.2 Line has a control character
        C: MAIL<TAB>FROM:<a@example.org>
        S: 500 5.5.1 Command not recognized
        C: MAIL FROM:<TAB><a@example.org>
        S: 500 5.5.2 Line has a control character
        """);
  }

  @Test
  void aLineMayBe4096OctetsLong() {
    Transcript.playAfterEhlo(
        """
        C: NOOP LONGEST
        S: 250 2.0.0 OK
        C: NOOP LONGESTx
        S: 500 5.5.2 Line too long
        C: NOOP LONGESTLONGESTLONGESTLONGEST
        S: 500 5.5.2 Line too long
        C: NOOP
        S: 250 2.0.0 OK
        """
            .replace("LONGEST", "x".repeat(4096 - "NOOP \r\n".length())));
  }

  @Test
  void whereTheNextCommandBeginsIsKnownAfterEachRefusalButThatOfBdat() {
    for (String line :
        new String[] {
          "BDAT",
          "BDAT x",
          "BDAT -1",
          "BDAT 5<LF>",
          "BDAT 5<TAB>",
          "BDAT<TAB>5",
          "BDAT5",
          "BDAT 5<FF>",
          "BDAT 1000000000000000000",
          "bdat 0x5",
          "BDAT 5,LAST"
        }) {
      Transcript.playAfterEhlo(
          """
          C: LINE
          C: QUIT
          S: 50*
          S: 421 4.5.0 Cannot tell commands from message content, closing connection
          (closed)
          """
              .replace("LINE", line));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET / HTTP/1.1", "POST /mail HTTP/1.1", "CONNECT mx:25 HTTP/1.0"})
  void anHttpRequestEndsTheSession(String line) {
    Transcript.play(
        """
        C: LINE
        C: Host: mx.example.com
        C:
        C: EHLO client.example.org
        S: 421 4.5.0 This is SMTP, closing connection
        (closed)
        """
            .replace("LINE", line));
  }
}
