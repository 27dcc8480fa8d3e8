// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** No room for content: 452 4.3.1 (RFC 5321, section 4.2.3), and its space is given back. */
class StorageTest {

  private final Transcript transcript = Transcript.withDefaults();

  @Test
  void noRoomForTheDeclaredSizeRefusesData() {
    transcript.store().budget(100);
    var outcome =
        transcript.runAfterEhlo(
            """
            C: MAIL FROM:<a@example.org> SIZE=101
            C: RCPT TO:<b@example.com>
            C: DATA
            S: 250 2.1.0 *
            S: 250 2.1.5 *
            S: 452 4.3.1 Insufficient storage, try again later
            C: RSET
            C: MAIL FROM:<a@example.org> SIZE=3
            C: RCPT TO:<b@example.com>
            C: DATA
            S: 250 2.0.0 OK
            S: 250 2.1.0 *
            S: 250 2.1.5 *
            S: 354 *
            C: x
            C: .
            S: 250 2.0.0 Accepted
            """);
    assertThat(outcome.messages()).hasSize(1);
  }

  @Test
  void noRoomWhileDataArrivesRefusesTheMessageAtItsEnd() {
    transcript.store().budget(10);
    var outcome =
        transcript.runAfterEhlo(
            """
            C: MAIL FROM:<a@example.org>
            C: RCPT TO:<b@example.com>
            C: DATA
            S: 250 2.1.0 *
            S: 250 2.1.5 *
            S: 354 *
            C: 123456789
            C: RSET
            C: .
            C: NOOP
            S: 452 4.3.1 Insufficient storage, try again later
            S: 250 2.0.0 OK
            """);
    assertThat(outcome.messages()).isEmpty();
  }

  @Test
  void noRoomForAChunkRefusesTheMessageAndReadsItsOctets() {
    transcript.store().budget(10);
    var outcome =
        transcript.runAfterEhlo(
            """
            C: MAIL FROM:<a@example.org>
            C: RCPT TO:<b@example.com>
            C: BDAT 11
            C~ 12345QUIT<CR><LF>
            C: BDAT 6 LAST
            C~ QUIT<CR><LF>
            C: MAIL FROM:<a@example.org>
            C: RCPT TO:<b@example.com>
            C: BDAT 6
            C~ RSET<CR><LF>
            C: BDAT 6 LAST
            C~ QUIT<CR><LF>
            S: 250 2.1.0 *
            S: 250 2.1.5 *
            S: 452 4.3.1 Insufficient storage, try again later
            S: 503 5.5.1 The message was refused already
            S: 250 2.1.0 *
            S: 250 2.1.5 *
            S: 250 2.0.0 Chunk received
            S: 452 4.3.1 Insufficient storage, try again later
            """);
    assertThat(outcome.messages()).isEmpty();
  }

  @Test
  void aFullDiskRefusesTheMessageAtItsEnd() {
    transcript.store().flushEvery(4);
    transcript.store().diskFull();
    var outcome =
        transcript.runAfterEhlo(
            """
            C: MAIL FROM:<a@example.org>
            C: RCPT TO:<b@example.com>
            C: DATA
            S: 250 2.1.0 *
            S: 250 2.1.5 *
            S: 354 *
            C: some text
            C: QUIT
            C: .
            S: 452 4.3.1 Insufficient storage, try again later
            C: MAIL FROM:<a@example.org>
            C: RCPT TO:<b@example.com>
            C: BDAT 6
            C~ QUIT<CR><LF>
            C: BDAT 0 LAST
            C: NOOP
            S: 250 2.1.0 *
            S: 250 2.1.5 *
            S: 452 4.3.1 Insufficient storage, try again later
            S: 503 5.5.1 The message was refused already
            S: 250 2.0.0 OK
            """);
    assertThat(outcome.messages()).isEmpty();
  }

  @Test
  void whatWasTakenIsGivenBackBeforeTheMessageEnds() {
    TestStore store = transcript.store();
    store.budget(10);
    try (Driver driver = new Driver(Transcript.config(), store)) {
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
  void contentThatNeedsFlushesArrivesWhole() {
    transcript.store().flushEvery(3);
    var outcome =
        transcript.runAfterEhlo(
            """
            C: MAIL FROM:<a@example.org>
            C: RCPT TO:<b@example.com>
            C: DATA
            S: 250 2.1.0 *
            S: 250 2.1.5 *
            S: 354 *
            C: ..first
            C: second
            C: .
            S: 250 2.0.0 Accepted
            """);
    assertThat(outcome.onlyMessage().text()).isEqualTo(".first\r\nsecond\r\n");
  }
}
