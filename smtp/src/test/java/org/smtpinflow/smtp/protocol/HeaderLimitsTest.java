// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetHeaders;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.smtpinflow.smtp.protocol.SessionConfig.BareNewlines;
import org.smtpinflow.smtp.protocol.SessionConfig.Limits;

/** A header is limited in octets and in fields while it arrives. */
class HeaderLimitsTest {

  private static final Limits TEN_OCTETS = Transcript.headerLimits(10, 1000);
  private static final Limits TWO_FIELDS = Transcript.headerLimits(1000, 2);

  private static final String ENVELOPE =
      """
      C: MAIL FROM:<a@example.org>
      C: RCPT TO:<b@example.com>
      S: 250 2.1.0 *
      S: 250 2.1.5 *
      """;

  private static final String DATA = ENVELOPE + "C: DATA\nS: 354 *\n";

  @Test
  void aHeaderAtTheLimitsIsTaken() {
    Transcript.with(Transcript.headerLimits(15, 2))
        .runAfterEhlo(
            DATA
                + """
                C: a:1
                C:  2
                C: b:
                C:
                C: A body may be longer, and has no fields:
                C: c:
                C: d:
                C: .
                S: 250 2.0.0 Accepted
                """);
  }

  @Test
  void aHeaderOfTooManyOctetsIsRefusedAtItsEnd() {
    Transcript.with(TEN_OCTETS)
        .runAfterEhlo(
            DATA
                + """
                C: Subject: hello
                C:
                C: QUIT
                C: .
                S: 552 5.3.4 Message header is larger than 10 octets
                C: NOOP
                S: 250 2.0.0 OK
                """);
  }

  @Test
  void aHeaderOfTooManyFieldsIsRefusedAtItsEnd() {
    Transcript.with(TWO_FIELDS)
        .runAfterEhlo(
            DATA
                + """
                C: a:
                C: b:
                C:  b goes on
                C: c:
                C:
                C: .
                S: 552 5.3.4 Message header has more than 2 fields
                C: NOOP
                S: 250 2.0.0 OK
                """);
  }

  @Test
  void aHeaderThatNeverEndsIsRefusedTheSame() {
    Transcript.with(TEN_OCTETS)
        .runAfterEhlo(
            DATA
                + """
                C: 12345678901
                C: .
                S: 552 5.3.4 Message header is larger than 10 octets
                """);
    Transcript.with(TWO_FIELDS)
        .runAfterEhlo(
            DATA
                + """
                C: text
                C: text
                C: text
                C: .
                S: 552 5.3.4 Message header has more than 2 fields
                """);
  }

  @Test
  void chunksAreOneHeader() {
    Transcript.with(TWO_FIELDS)
        .runAfterEhlo(
            ENVELOPE
                + """
                C: BDAT 5
                C~ a:<CR><LF>b
                C: BDAT 5
                C~ :<CR><LF>c:
                S: 250 2.0.0 Chunk received
                S: 552 5.3.4 Message header has more than 2 fields
                C: BDAT 6 LAST
                C~ QUIT<CR><LF>
                S: 503 5.5.1 The message was refused already
                """);
  }

  @Test
  void aBareNewlineEndsALineOfTheHeaderWhereItIsAccepted() {
    String lines = "C: a:<LF>b:<CR>c:\nC: .\n";
    Transcript.with(Transcript.config(TWO_FIELDS, BareNewlines.ACCEPT))
        .runAfterEhlo(DATA + lines + "S: 552 5.3.4 Message header has more than 2 fields\n");
    Transcript.with(TWO_FIELDS).runAfterEhlo(DATA + lines + "S: 550 5.6.0 *\n");
  }

  @Test
  void theLimitThatIsReachedFirstIsTheReasonHoweverTheInputIsCut() {
    String content = "12345678901234567890\r\n.\r\n";
    Limits both = new Limits(15, 10, 1000, 100, 1000, 20, 100);
    Limits other = new Limits(10, 15, 1000, 100, 1000, 20, 100);
    for (int cut = 1; cut < content.length(); cut++) {
      assertThat(replyTo(both, content, cut)).contains("Message header is larger than 10 octets");
      assertThat(replyTo(other, content, cut)).contains("Message is larger than 10 octets");
    }
  }

  private static String replyTo(Limits limits, String content, int cut) {
    try (Driver driver =
        new Driver(Transcript.config(limits, BareNewlines.REFUSE), new TestStore())) {
      send(driver, "EHLO x\r\nMAIL FROM:<>\r\nRCPT TO:<b@example.com>\r\nDATA\r\n");
      driver.takeOutput();
      send(driver, content.substring(0, cut));
      send(driver, content.substring(cut));
      return driver.takeOutput();
    }
  }

  private static void send(Driver driver, String text) {
    driver.send(text.getBytes(StandardCharsets.US_ASCII));
  }

  /** What Jakarta Mail keeps of a header is what a bean that asks for the parsed message pays. */
  @Property(tries = 5000)
  void noLineThatJakartaMailTakesForAFieldIsMissed(@ForAll("contents") String content)
      throws MessagingException {
    byte[] octets = content.getBytes(StandardCharsets.US_ASCII);
    List<String> fields = fieldsForJakartaMail(octets);
    HeaderLimiter limiter = new HeaderLimiter(Integer.MAX_VALUE, fields.size() - 1);
    assertThat(fields.isEmpty() ? 0 : limiter.octetsWithinLimits(Unpooled.wrappedBuffer(octets)))
        .as("octets before a field too many, of the fields %s", fields)
        .isNotEqualTo(HeaderLimiter.NONE);
  }

  private static List<String> fieldsForJakartaMail(byte[] octets) throws MessagingException {
    try {
      return Collections.list(
          new InternetHeaders(new ByteArrayInputStream(octets)).getAllHeaderLines());
    } catch (IndexOutOfBoundsException e) {
      // It cannot read a header that begins with a line of spaces.
      return List.of();
    }
  }

  @Provide
  Arbitrary<String> contents() {
    return Arbitraries.of("\r", "\n", "\r\n", "a:", " ", "\t", "x", "")
        .list()
        .ofMaxSize(12)
        .map(parts -> String.join("", parts));
  }
}
