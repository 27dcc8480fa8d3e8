// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** How long the server waits (RFC 5321, section 4.5.3.2), and how it stops (section 3.8). */
class PatienceTest {

  @Test
  void silenceBetweenCommandsEndsTheSession() {
    Transcript.playAfterEhlo(
        """
        C: MAIL FROM:<a@example.org>
        S: 250 2.1.0 *
        (silence)
        S: 421 4.4.2 No command for too long, closing connection
        (closed)
        """);
  }

  @Test
  void silenceInContentEndsTheSessionAndForgetsTheMessage() {
    var outcome =
        Transcript.playAfterEhlo(
            """
            C: MAIL FROM:<a@example.org>
            C: RCPT TO:<b@example.com>
            C: DATA
            S: 250 2.1.0 *
            S: 250 2.1.5 *
            S: 354 *
            C: half a
            (silence)
            S: 421 4.4.2 No message content for too long, closing connection
            C: message
            C: .
            C: NOOP
            (closed)
            """);
    assertThat(outcome.messages()).isEmpty();
  }

  @Test
  void silenceInAChunkEndsTheSession() {
    Transcript.playAfterEhlo(
        """
        C: MAIL FROM:<a@example.org>
        C: RCPT TO:<b@example.com>
        C: BDAT 10 LAST
        C~ half
        S: 250 2.1.0 *
        S: 250 2.1.5 *
        (silence)
        S: 421 4.4.2 No message content for too long, closing connection
        (closed)
        """);
  }

  @Test
  void theTimeOutsAreThoseOfTheRfc() {
    assertThat(SessionConfig.Timeouts.defaults().command()).isEqualTo(Duration.ofMinutes(5));
    assertThat(SessionConfig.Timeouts.defaults().data()).isEqualTo(Duration.ofMinutes(3));
  }

  @Test
  void theSessionTellsWhatItWaitsFor() {
    try (Driver driver = new Driver(Transcript.config(), new TestStore())) {
      SmtpSession session = driver.session();
      assertThat(session.linesRead()).isZero();
      driver.send(Transcript.octets("EHLO x<CR><LF>MAIL FROM:<><CR><LF>RCPT TO"));
      assertThat(session.linesRead()).isEqualTo(2);
      driver.send(Transcript.octets(":<b@example.com><CR><LF>"));
      assertThat(session.isReceivingMessage()).isFalse();
      driver.send(Transcript.octets("BDAT 2<CR><LF>a"));
      assertThat(session.linesRead()).isEqualTo(4);
      assertThat(session.isReadingContent()).isTrue();
      assertThat(session.isReceivingMessage()).isTrue();
      driver.send(Transcript.octets("b"));
      assertThat(session.isReadingContent()).isFalse();
      assertThat(session.isReceivingMessage()).isTrue();
      driver.send(Transcript.octets("BDAT 0 LAST<CR><LF>"));
      assertThat(session.isReceivingMessage()).isFalse();
    }
  }

  /** Octets that are skipped are no progress: a client could send them for ever. */
  @Test
  void aLineIsCountedOnceHoweverLongItIs() {
    try (Driver driver = new Driver(Transcript.config(), new TestStore())) {
      for (int i = 0; i < 100; i++) {
        driver.send(Transcript.octets("N".repeat(1000)));
      }
      assertThat(driver.session().linesRead()).isEqualTo(1);
    }
  }

  @Test
  void aDrainEndsASessionWithoutATransactionAtOnce() {
    Transcript.playAfterEhlo(
        """
        C: NOOP
        S: 250 2.0.0 OK
        (drain)
        S: 421 4.3.2 Service not available, closing connection
        (closed)
        """);
  }

  @Test
  void aDrainLetsATransactionEnd() {
    var outcome =
        Transcript.playAfterEhlo(
            """
            C: MAIL FROM:<a@example.org>
            S: 250 2.1.0 *
            (drain)
            C: RCPT TO:<b@example.com>
            S: 250 2.1.5 *
            C: DATA
            S: 354 *
            C: x
            C: .
            C: MAIL FROM:<a@example.org>
            S: 250 2.0.0 Accepted
            S: 421 4.3.2 Service not available, closing connection
            (closed)
            """);
    assertThat(outcome.messages()).hasSize(1);
  }

  @Test
  void aDrainEndsTheSessionWhenTheTransactionIsReset() {
    Transcript.playAfterEhlo(
        """
        C: MAIL FROM:<a@example.org>
        S: 250 2.1.0 *
        (drain)
        C: RSET
        S: 250 2.0.0 OK
        S: 421 4.3.2 Service not available, closing connection
        (closed)
        """);
  }

  @Test
  void aShutDownEndsTheSessionInTheMiddleOfContent() {
    var outcome =
        Transcript.playAfterEhlo(
            """
            C: MAIL FROM:<a@example.org>
            C: RCPT TO:<b@example.com>
            C: DATA
            S: 250 2.1.0 *
            S: 250 2.1.5 *
            S: 354 *
            C: half a message
            (shut down)
            S: 421 4.3.2 Service not available, closing connection
            C: .
            (closed)
            """);
    assertThat(outcome.messages()).isEmpty();
  }
}
