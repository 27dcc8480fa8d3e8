// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.smtpinflow.smtp.protocol.SessionConfig.Authentication;
import org.smtpinflow.smtp.protocol.SessionConfig.Service;
import org.smtpinflow.smtp.protocol.SessionConfig.TlsPolicy;

/** Date and Message-ID are added to what is submitted without them (RFC 6409, section 8). */
class HeaderCompletionTest {

  private static final String DATE = "Date: Mon, 23 Nov 2026 10:15:30 +0000|";
  private static final String ID = "Message-ID: <ID@mx.example.com>|";

  /** Completes content in which a bar stands for CRLF, cut into runs of one length. */
  private static String complete(String content, int run) {
    HeaderCompletion completion = new HeaderCompletion("mx.example.com", "ID", Driver.NOW);
    ByteBuf input =
        Unpooled.copiedBuffer(content.replace("|", "\r\n"), StandardCharsets.ISO_8859_1);
    StringBuilder result = new StringBuilder();
    while (input.isReadable()) {
      ByteBuf octets = input.readSlice(Math.min(run, input.readableBytes()));
      result.append(completion.complete(octets).toString(StandardCharsets.ISO_8859_1));
    }
    result.append(completion.end().toString(StandardCharsets.ISO_8859_1));
    return result.toString().replace("\r\n", "|");
  }

  /** In what is expected, {@code +D}, {@code +I} and {@code +DI} stand for what is added. */
  private static void check(String content, String expected) {
    String full = expected.replace("+DI", DATE + ID).replace("+D", DATE).replace("+I", ID);
    for (int run = 1; run <= content.length() + 10; run++) {
      assertThat(complete(content, run)).as("in runs of %s", run).isEqualTo(full);
    }
  }

  @ParameterizedTest
  @CsvSource({
    // Fields are found whatever their case is.
    "Subject: x||Hi|, Subject: x|+DI|Hi|",
    "DATE: x|message-id: <y>||Hi|, DATE: x|message-id: <y>||Hi|",
    "date: x||Hi|, date: x|+I|Hi|",
    "Message-Id:||Hi|, Message-Id:|+D|Hi|",
    "Date : x|Message-ID<T>:y||Hi|, Date : x|Message-ID<T>:y||Hi|",
    // Not by a part of their name, and not in a value, in a folded line or in the body.
    "Dates: x|Resent-Date: y||Date: z|, Dates: x|Resent-Date: y|+DI|Date: z|",
    "Subject: x| Date: y|<T>Message-ID: z||, Subject: x| Date: y|<T>Message-ID: z|+DI|",
    // No header.
    "Hello|, +DI|Hello|",
    "Hello: Hi|, Hello: Hi|+DI",
    "|Hello|, +DI|Hello|",
    "' Hello|', '+DI| Hello|'",
    "':|', '+DI|:|'",
    "'', +DI",
    "Hello, +DI|Hello",
    "h\u00e9: x|, +DI|h\u00e9: x|",
    // No body.
    "Subject: x|, Subject: x|+DI",
    "Subject: x||, Subject: x|+DI|",
    // A header that ends without an empty line.
    "Subject: x|Hello|, Subject: x|+DIHello|",
    "Subject: x|Hello you|To: y||, Subject: x|+DIHello you|To: y||",
    "Subject: x|Sub, Subject: x|+DISub",
    "Subject: x, Subject: x|+DI",
    "Date: x|Message-ID: y, Date: x|Message-ID: y",
    // A line of an mbox file.
    "From me Mon Nov 23|Subject: x||Hi|, From me Mon Nov 23|Subject: x|+DI|Hi|",
    ">From me Mon|Date: x||Hi|, >From me Mon|Date: x|+I|Hi|",
    "From <LF>Subject: x||Hi|, From <LF>Subject: x|+DI|Hi|",
    "Subject: x|From me Mon||Hi|, Subject: x|+DIFrom me Mon||Hi|",
    // Newlines of other systems, where they are let pass.
    "Date: x<LF><LF>Hi, Date: x<LF>+I<LF>Hi",
    "<CR>Hi|, +DI|<CR>Hi|",
    "Date: x|<CR>Hi|, Date: x|+I<CR>Hi|",
  })
  void whatIsMissingIsAddedAtTheEndOfTheHeader(String content, String expected) {
    check(plain(content), plain(expected));
  }

  private static String plain(String text) {
    return text.replace("<T>", "\t").replace("<CR>", "\r").replace("<LF>", "\n");
  }

  @Test
  void noLineIsTooLong() {
    String value = "x".repeat(200_000);
    assertThat(complete("Subject: " + value + "||Hi|", 8192))
        .isEqualTo("Subject: " + value + "|" + DATE + ID + "|Hi|");
    String name = "n".repeat(2_000);
    assertThat(complete(name + ": x|", 100)).isEqualTo(DATE + ID + "|" + name + ": x|");
    String spaces = " ".repeat(2_000);
    assertThat(complete("A" + spaces + ": x|", 100)).isEqualTo(DATE + ID + "|A" + spaces + ": x|");
  }

  @Test
  void everyOctetGoesOnAsItCame() {
    byte[] body = new byte[5000];
    ThreadLocalRandom.current().nextBytes(body);
    String text = new String(body, StandardCharsets.ISO_8859_1).replace('|', '!');
    assertThat(complete("A: \u0000\u00ff\u0080||" + text, 700))
        .isEqualTo("A: \u0000\u00ff\u0080|" + DATE + ID + "|" + text.replace("\r\n", "|"));
  }

  private static Transcript with(Service service) {
    return Transcript.with(
        Transcript.config().with(service, TlsPolicy.IMPLICIT, Authentication.none()));
  }

  private static final String MAIL =
      """
      C: MAIL FROM:<a@example.org>
      C: RCPT TO:<b@example.com>
      S: 250 2.1.0 *
      S: 250 2.1.5 *
      """;

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 50, Integer.MAX_VALUE})
  void inSubmission(int flushEvery) {
    Transcript transcript = with(Service.SUBMISSION);
    transcript.store().flushEvery(flushEvery);
    var message =
        transcript
            .runAfterEhlo(
                MAIL
                    + """
                    C: DATA
                    S: 354 *
                    C: Subject: x
                    C:
                    C: ..Hi
                    C: .
                    S: 250 2.0.0 Accepted
                    """)
            .onlyMessage();
    assertThat(message.text()).isEqualTo("Subject: x\r\n" + added(message) + "\r\n.Hi\r\n");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 50, Integer.MAX_VALUE})
  void inChunks(int flushEvery) {
    Transcript transcript = with(Service.SUBMISSION);
    transcript.store().flushEvery(flushEvery);
    var message =
        transcript
            .runAfterEhlo(
                MAIL
                    + """
                    C: BDAT 4
                    C~ Subj
                    S: 250 2.0.0 *
                    C: BDAT 8 LAST
                    C~ ect: x<CR><LF>
                    S: 250 2.0.0 Accepted
                    """)
            .onlyMessage();
    assertThat(message.text()).isEqualTo("Subject: x\r\n" + added(message));
  }

  private static String added(Driver.Message message) {
    return "Date: Mon, 23 Nov 2026 10:15:30 +0000\r\n"
        + ("Message-ID: <" + message.mail().id() + "@mx.example.com>\r\n");
  }

  @Test
  void theTraceFieldsStayInFront() {
    var message =
        Transcript.with(
                SessionConfig.defaults("mx.example.com")
                    .with(Service.SUBMISSION, TlsPolicy.IMPLICIT, Authentication.none()))
            .runAfterEhlo(
                MAIL
                    + """
                    C: DATA
                    S: 354 *
                    C: .
                    S: 250 2.0.0 Accepted
                    """)
            .onlyMessage();
    assertThat(message.text())
        .startsWith("Return-Path: <a@example.org>\r\nReceived: ")
        .endsWith("\r\n" + added(message));
  }

  @ParameterizedTest
  @ValueSource(strings = {"SMTP", "LMTP"})
  void elsewhereNothingIsAdded(Service service) {
    var message =
        with(service)
            .runAfterEhlo(
                MAIL
                    + """
                    C: BDAT 2 LAST
                    C~ Hi
                    S: 250 2.0.0 *
                    """)
            .onlyMessage();
    assertThat(message.text()).isEqualTo("Hi");
  }

  @Test
  void whatIsAddedDoesNotCount() {
    SessionConfig c = Transcript.config();
    Transcript.with(
            new SessionConfig(
                c.serverName(),
                Service.SUBMISSION,
                TlsPolicy.IMPLICIT,
                Authentication.none(),
                new SessionConfig.Limits(2, 100, 100, 20),
                c.timeouts(),
                c.bareNewlines(),
                false))
        .runAfterEhlo(
            MAIL
                + """
                C: BDAT 2 LAST
                C~ Hi
                S: 250 2.0.0 Accepted
                """
                + MAIL
                + """
                C: BDAT 3 LAST
                C~ Hi!
                S: 552 5.3.4 *
                """);
  }
}
