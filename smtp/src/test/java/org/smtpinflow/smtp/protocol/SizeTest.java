// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.smtpinflow.smtp.protocol.SessionConfig.Limits;

/** The size of a message, declared and real (RFC 1870, section 6). */
class SizeTest {

  private static Transcript withLimitOf(long octets) {
    return Transcript.with(new Limits(octets, 100, 1000, 20));
  }

  @Test
  void aDeclaredSizeOverTheLimitIsRefusedAtMail() {
    Transcript.playAfterEhlo(
        """
        C: MAIL FROM:<a@example.org> SIZE=52428801
        S: 552 5.3.4 Message is larger than 52428800 octets
        C: MAIL FROM:<a@example.org> SIZE=99999999999999999999
        S: 552 5.3.4 Message is larger than 52428800 octets
        C: RCPT TO:<b@example.com>
        S: 503 5.5.1 Send MAIL first
        C: MAIL FROM:<a@example.org> SIZE=52428800
        S: 250 2.1.0 *
        """);
  }

  @Test
  void theStoreIsToldTheDeclaredSize() {
    Transcript transcript = Transcript.withDefaults();
    transcript.runAfterEhlo(
        """
        C: MAIL FROM:<a@example.org> SIZE=1234
        C: RCPT TO:<b@example.com>
        C: DATA
        S: 250 2.1.0 *
        S: 250 2.1.5 *
        S: 354 *
        """);
    assertThat(transcript.store().lastExpectedSize()).isEqualTo(1234);
  }

  @Test
  void aMessageMayBeAsLargeAsTheLimit() {
    var outcome =
        withLimitOf(10)
            .runAfterEhlo(
                """
                C: MAIL FROM:<a@example.org>
                C: RCPT TO:<b@example.com>
                C: DATA
                S: 250 2.1.0 *
                S: 250 2.1.5 *
                S: 354 *
                C: ..345678
                C: .
                S: 250 2.0.0 Accepted
                """);
    // The dots that are only there for transparency do not count, the last CRLF does.
    assertThat(outcome.onlyMessage().text()).isEqualTo(".345678\r\n").hasSize(9);
  }

  @Test
  void aMessageOverTheLimitIsReadToItsEndAndRefused() {
    Transcript transcript = withLimitOf(10);
    var outcome =
        transcript.runAfterEhlo(
            """
            C: MAIL FROM:<a@example.org> SIZE=5
            C: RCPT TO:<b@example.com>
            C: DATA
            S: 250 2.1.0 *
            S: 250 2.1.5 *
            S: 354 *
            C: 123456789
            C: QUIT
            C: .
            C: MAIL FROM:<a@example.org>
            S: 552 5.3.4 Message is larger than 10 octets
            S: 250 2.1.0 *
            """);
    assertThat(outcome.messages()).isEmpty();
  }

  @Test
  void spaceIsGivenBackAsSoonAsAMessageIsOverTheLimit() {
    TestStore store = new TestStore();
    SessionConfig config = Transcript.config();
    try (Driver driver =
        new Driver(
            new SessionConfig(
                "mx.example.com",
                new Limits(10, 100, 1000, 20),
                config.timeouts(),
                config.bareNewlines(),
                false),
            store)) {
      driver.send(
          Transcript.octets(
              "EHLO x<CR><LF>MAIL FROM:<><CR><LF>RCPT TO:<b@example.com><CR><LF>DATA<CR><LF>"));
      driver.send(Transcript.octets("1234567890"));
      assertThat(store.inUse()).isEqualTo(1);
      driver.send(Transcript.octets("1"));
      assertThat(store.inUse()).isZero();
    }
  }

  @Test
  void chunksOverTheLimitAreReadAndRefused() {
    var outcome =
        withLimitOf(10)
            .runAfterEhlo(
                """
                C: MAIL FROM:<a@example.org>
                C: RCPT TO:<b@example.com>
                S: 250 2.1.0 *
                S: 250 2.1.5 *
                C: BDAT 6
                C~ 123456
                S: 250 2.0.0 Chunk received
                C: BDAT 5 LAST
                C~ QUIT<LF>
                S: 552 5.3.4 Message is larger than 10 octets
                C: MAIL FROM:<a@example.org>
                C: RCPT TO:<b@example.com>
                C: BDAT 11 LAST
                C~ RSET<CR><LF>RSET<LF>
                S: 250 2.1.0 *
                S: 250 2.1.5 *
                S: 552 5.3.4 Message is larger than 10 octets
                C: MAIL FROM:<a@example.org>
                C: RCPT TO:<b@example.com>
                C: BDAT 10 LAST
                C~ 1234567890
                S: 250 2.1.0 *
                S: 250 2.1.5 *
                S: 250 2.0.0 Accepted
                """);
    assertThat(outcome.onlyMessage().text()).isEqualTo("1234567890");
  }

  @Test
  void aChunkOverTheLimitIsRefusedWithoutAskingForSpace() {
    Transcript transcript = withLimitOf(10);
    transcript.runAfterEhlo(
        """
        C: MAIL FROM:<a@example.org>
        C: RCPT TO:<b@example.com>
        C: BDAT 999999999999999999 LAST
        S: 250 2.1.0 *
        S: 250 2.1.5 *
        C: QUIT
        """);
    assertThat(transcript.store().opened()).isZero();
  }
}
