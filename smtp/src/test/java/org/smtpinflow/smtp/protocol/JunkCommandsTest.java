// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.smtpinflow.smtp.protocol.SessionConfig.Service;
import org.smtpinflow.smtp.protocol.SessionConfig.TlsPolicy;

/** A session is closed after too many commands that do not advance a mail transaction. */
class JunkCommandsTest {

  private static final String TOO_MANY =
      "421 4.7.0 Too many commands without mail, closing connection";

  private static Transcript after(int junkCommands) {
    return Transcript.with(Transcript.junkLimit(junkCommands));
  }

  @Test
  void theReplyToTheLastOneComesFirst() {
    after(4)
        .run(
            """
            C: EHLO client.example.org
            C: NOOP
            C: RSET
            C: VRFY jones
            C: NOOP
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
            S: 250 2.0.0 OK
            S: 250 2.0.0 OK
            S: 252 2.0.0 *
            S: 421 4.7.0 Too many commands without mail, closing connection
            (closed)
            """);
  }

  @Test
  void anAcceptedMessageMakesUpForThem() {
    String message =
        """
        C: RSET
        S: 250 2.0.0 OK
        C: MAIL FROM:<a@example.org>
        C: RCPT TO:<b@example.com>
        C: BDAT 1 LAST
        C~ x
        S: 250 2.1.0 *
        S: 250 2.1.5 *
        S: 250 2.0.0 Accepted
        """;
    after(3).runAfterEhlo(message.repeat(10));
  }

  @Test
  void aRefusedMessageDoesNotMakeUpForThem() {
    after(3)
        .runAfterEhlo(
            """
            C: NOOP
            S: 250 2.0.0 OK
            C: MAIL FROM:<a@example.org>
            C: RCPT TO:<defer@example.com>
            C: BDAT 1 LAST
            C~ x
            S: 250 2.1.0 *
            S: 250 2.1.5 *
            S: 451 4.3.0 *
            C: NOOP
            S: 250 2.0.0 OK
            S: 421 4.7.0 Too many commands without mail, closing connection
            (closed)
            """);
  }

  /** Whatever a client repeats without ever sending a message comes to an end. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "NOOP\r\n",
        "RSET\r\n",
        "VRFY b\r\n",
        "HELP\r\n",
        "EHLO x\r\n",
        "HELO x\r\n",
        "FOO\r\n",
        "\r\n",
        "EXPN list\r\n",
        "STARTTLS\r\n",
        "AUTH PLAIN\r\n",
        "DATA\r\n",
        "BDAT 0\r\n",
        "BDAT 1\r\nx",
        "MAIL FROM:<a@example.org>\r\n",
        "MAIL FROM:<a@example.org>\r\nRSET\r\n",
        "MAIL FROM:<a@example.org>\r\nRCPT TO:<b@example.com>\r\nBDAT 0\r\n",
        "MAIL FROM:<a@example.org>\r\nRCPT TO:<b@example.com>\r\nDATA\r\n\n.\r\n.\r\n",
        "RCPT TO:<b@example.com>\r\n",
        "MAIL FROM:<a@example.org>\r\nRCPT TO:<later@example.com>\r\n",
        "RCPT TO:<later@example.com>\r\n",
        "RCPT TO:<unknown@example.com>\r\n"
      })
  void whateverIsRepeatedComesToAnEnd(String repeated) {
    for (String prelude :
        List.of(
            "",
            "EHLO x\r\n",
            "EHLO x\r\nMAIL FROM:<a@example.org>\r\n",
            "EHLO x\r\nMAIL FROM:<a@example.org>\r\nRCPT TO:<b@example.com>\r\n",
            "EHLO x\r\nMAIL FROM:<a@example.org>\r\nRCPT TO:<b@example.com>\r\nBDAT 1\r\nx")) {
      try (Driver driver = new Driver(Transcript.config(), new TestStore())) {
        send(driver, prelude);
        for (int i = 0; i < 2500 && !driver.isClosed(); i++) {
          send(driver, repeated);
        }
        // A message comes to an end by its size.
        boolean content = Set.of("DATA\r\n", "BDAT 1\r\nx").contains(repeated);
        assertThat(driver.isClosed() || (content && prelude.contains("RCPT")))
            .as("«%s» after «%s» comes to an end", repeated, prelude)
            .isTrue();
      }
    }
  }

  @Test
  void dataWithoutRoomForItCounts() {
    Transcript transcript = after(3);
    transcript.store().budget(-1);
    transcript.runAfterEhlo(
        """
        C: MAIL FROM:<a@example.org>
        C: RCPT TO:<b@example.com>
        C: DATA
        C: DATA
        S: 250 2.1.0 *
        S: 250 2.1.5 *
        S: 452 4.3.1 *
        S: 452 4.3.1 *
        S: 421 4.7.0 Too many commands without mail, closing connection
        (closed)
        """);
  }

  @Test
  void authenticationThatIsUnavailableCounts() {
    SessionConfig config =
        Transcript.config(Transcript.junkLimit(3), SessionConfig.BareNewlines.REFUSE)
            .with(Service.SMTP, TlsPolicy.IMPLICIT, TestMechanism.authentication());
    // The user "down", with the password "x".
    Transcript.with(config)
        .runAfterEhlo(
            """
            C: AUTH PLAIN AGRvd24AeA==
            S: 454 4.7.0 *
            C: AUTH PLAIN AGRvd24AeA==
            S: 454 4.7.0 *
            S: 421 4.7.0 Too many commands without mail, closing connection
            (closed)
            """);
  }

  @Test
  void aClientMaySendAThousandRecipientsMoreThanAreAccepted() {
    try (Driver driver = new Driver(Transcript.config(), new TestStore())) {
      send(driver, "EHLO x\r\nMAIL FROM:<a@example.org>\r\n");
      driver.takeOutput();
      send(driver, "RCPT TO:<b@example.com>\r\n".repeat(1100));
      assertThat(Wire.replies(driver.takeOutput())).doesNotContain(TOO_MANY);
      send(driver, "RCPT TO:<b@example.com>\r\n");
      assertThat(Wire.replies(driver.takeOutput())).containsExactly(TOO_MANY);
    }
  }

  private static void send(Driver driver, String text) {
    driver.send(text.getBytes(StandardCharsets.US_ASCII));
  }
}
