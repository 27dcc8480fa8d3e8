// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Return-Path and Received (RFC 5321, section 4.4; RFC 5322, sections 2.1.1 and 3.2.2). */
class TraceFieldsTest {

  private static String textAfter(String hello, String mail, String rcpt) {
    byte[] input =
        Transcript.octets(
            String.join("<CR><LF>", hello, mail, rcpt, "DATA", "Subject: x", ".", ""));
    try (Driver driver = new Driver(SessionConfig.defaults("mx.example.com"), new TestStore())) {
      driver.send(input);
      assertThat(driver.messages()).as(driver.takeOutput()).hasSize(1);
      Driver.Message message = driver.messages().get(0);
      assertThat(message.text()).endsWith("\r\nSubject: x\r\n");
      return message.text().replace(message.mail().id(), "ID");
    }
  }

  private static String textAfter(String hello) {
    return textAfter(hello, "MAIL FROM:<a@example.org>", "RCPT TO:<b@example.com>");
  }

  @Test
  void theyTellWhoBroughtTheMessageAndWhen() {
    assertThat(textAfter("EHLO client.example.org"))
        .isEqualTo(
            """
            Return-Path: <a@example.org>
            Received: from client.example.org ([192.0.2.1]) by mx.example.com with ESMTP
            	id ID for <b@example.com>;
            	Mon, 23 Nov 2026 10:15:30 +0000
            Subject: x
            """
                .replace("\n", "\r\n"));
  }

  @Test
  void theyTellTheProtocol() {
    assertThat(textAfter("HELO client.example.org")).contains(" with SMTP\r\n");
    assertThat(
            textAfter("EHLO x", "MAIL FROM:<josé@example.org> SMTPUTF8", "RCPT TO:<b@example.com>"))
        .contains("with UTF8SMTP")
        .startsWith("Return-Path: <josÃ©@example.org>\r\n");
  }

  @Test
  void theNullReversePathIsShown() {
    assertThat(textAfter("EHLO x", "MAIL FROM:<>", "RCPT TO:<b@example.com>"))
        .startsWith("Return-Path: <>\r\nReceived: ");
  }

  @Test
  void severalRecipientsAreNotToldOfEachOther() {
    String rcpt = "RCPT TO:<b@example.com><CR><LF>RCPT TO:<c@example.com>";
    assertThat(textAfter("EHLO x", "MAIL FROM:<>", rcpt)).doesNotContain("for <");
  }

  /** What is no domain stands in a comment, out of which nothing leads. */
  @ParameterizedTest
  @CsvSource({
    "x(y, (HELO x?y)",
    "x)y, (HELO x?y)",
    "x\\y, (HELO x?y)",
    "x;y, (HELO x;y)",
    "[192.0.2.9, (HELO [192.0.2.9)",
  })
  void aNameThatIsNoDomainIsQuoted(String name, String comment) {
    assertThat(textAfter("EHLO " + name))
        .contains("Received: from [192.0.2.1] ([192.0.2.1]) " + comment + " by mx.example.com");
  }

  @ParameterizedTest
  @ValueSource(strings = {"x<CR>y", "x<LF>y", "x<NUL>y", "x<TAB>y", "x y"})
  void aNameWithNewlinesOrControlCharactersIsRefused(String name) {
    Transcript.play(
        """
        C: EHLO NAME
        S: 50*
        C: MAIL FROM:<a@example.org>
        S: 503 5.5.1 Send EHLO first
        """
            .replace("NAME", name));
  }

  @Test
  void noLineIsLongerThanMailMayHave() {
    assertThat(textAfter("EHLO " + "(".repeat(4000)).lines())
        .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(998));
    assertThat(textAfter("EHLO " + ("x".repeat(60) + ".").repeat(4) + "x").lines())
        .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(998));
  }

  @Test
  void theyCanBeSwitchedOff() {
    assertThat(Transcript.config().traceFields()).isFalse();
    var outcome =
        Transcript.playAfterEhlo(
            """
            C: MAIL FROM:<a@example.org>
            C: RCPT TO:<b@example.com>
            C: DATA
            S: 250 2.1.0 *
            S: 250 2.1.5 *
            S: 354 *
            C: x
            C: .
            S: 250 2.0.0 Accepted
            """);
    assertThat(outcome.onlyMessage().text()).isEqualTo("x\r\n");
  }
}
