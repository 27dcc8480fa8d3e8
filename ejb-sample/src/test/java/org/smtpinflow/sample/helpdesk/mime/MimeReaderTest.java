// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.sample.helpdesk.mime;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.util.SharedByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MimeReaderTest {

  @Test
  void readsTheFieldsThatAreShown() {
    MimeReading reading =
        read(
            """
            From: =?utf-8?q?Mehmet_=C3=96zt=C3=BCrk?= <mehmet@example.org>
            To: Support <support@example.com>,
             second@example.com
            Cc: third@example.com
            Date: Mon, 23 Nov 2026 10:00:00 +0000
            Subject: =?iso-8859-1?q?Caf=E9?= is
             closed

            Hello
            """);

    assertThat(reading.from()).isEqualTo("Mehmet Öztürk <mehmet@example.org>");
    assertThat(reading.to()).isEqualTo("Support <support@example.com>, second@example.com");
    assertThat(reading.cc()).isEqualTo("third@example.com");
    assertThat(reading.date()).isEqualTo("Mon, 23 Nov 2026 10:00:00 +0000");
    assertThat(reading.subject()).isEqualTo("Café is closed");
    assertThat(reading.text()).isEqualTo("Hello");
    assertThat(reading.remarks()).isEmpty();
  }

  @Test
  void aMailNeedsNeitherHeaderNorBody() {
    MimeReading reading = read("\n");

    assertThat(reading.subject()).isEmpty();
    assertThat(reading.from()).isEmpty();
    assertThat(reading.text()).isEmpty();
    assertThat(reading.files()).isEmpty();
  }

  @Test
  void readsAMessageIdThatOthersCanReferTo() {
    assertThat(read("Message-ID:\n <a.b+c$1@example.org>\n\n").messageId())
        .isEqualTo("<a.b+c$1@example.org>");
    assertThat(read("Message-ID: <a@b> <c@d>\n\n").messageId()).isEmpty();
    assertThat(read("Message-ID: <a b@c>\n\n").messageId()).isEmpty();
    assertThat(read("Message-ID: a@b\n\n").messageId()).isEmpty();
    assertThat(read("\n").messageId()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "Auto-Submitted, auto-replied",
    "Auto-Submitted, auto-generated; owner=x",
    "Precedence, bulk",
    "Precedence, Junk",
    "Precedence, list",
    "Precedence, auto_reply",
    "X-Autoreply, yes",
    "X-AUTOREPLY, 1",
    "X-Autorespond, Away",
    "Content-Type, multipart/report; report-type=disposition-notification; boundary=b",
  })
  void mailOfAProgramIsRecognizedByItsHeader(String field, String value) {
    assertThat(read(field + ": " + value + "\n\n").automaticSign())
        .isEqualToIgnoringCase("its " + field + " field");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Auto-Submitted: No (a person)",
        "Auto-Submitted:",
        "Precedence: first-class",
        "Precedence: normal",
        "X-Autoreply: no",
        "X-Auto-Response-Suppress: All",
        "Content-Type: multipart/mixed; boundary=b",
        "",
      })
  void mailOfAPersonHasNoSignOfAProgram(String header) {
    assertThat(read(header + "\n\n").automaticSign()).isEmpty();
  }

  @Test
  void takesAFromFieldThatIsNoAddressAsText() {
    assertThat(read("From: <<<@@ who, knows\n\n").from()).isEqualTo("<<<@@ who, knows");
  }

  @Test
  void leavesAnEncodedWordOfAnUnknownCharsetAsItIs() {
    assertThat(read("Subject: =?klingon?q?Qapla=27?=\n\n").subject())
        .isEqualTo("=?klingon?q?Qapla=27?=");
  }

  @Test
  void boundsALongSubjectWithoutSplittingACharacter() {
    String subject = read("Subject: a" + "\ud83d\ude00".repeat(1000) + "\n\n").subject();

    assertThat(subject).hasSize(999).endsWith("\ud83d\ude00");
  }

  @Test
  void prefersPlainTextAmongAlternatives() {
    MimeReading reading =
        read(
            """
            Content-Type: multipart/alternative; boundary=b

            --b
            Content-Type: text/html

            <p>as HTML</p>
            --b
            Content-Type: text/plain

            as text
            --b--
            """);

    assertThat(reading.text()).isEqualTo("as text");
  }

  @Test
  void takesTheHtmlIfThePlainAlternativeIsBlank() {
    MimeReading reading =
        read(
            """
            Content-Type: multipart/alternative; boundary=b

            --b
            Content-Type: text/plain

            \s
            --b
            Content-Type: text/html

            <p>as HTML</p>
            --b--
            """);

    assertThat(reading.text()).isEqualTo("as HTML");
  }

  @Test
  void findsTextAndFilesInNestedMultiparts() throws Exception {
    MimeReading reading =
        read(
            """
            Content-Type: multipart/mixed; boundary=outer

            --outer
            Content-Type: multipart/related; boundary=inner

            --inner
            Content-Type: text/html

            <p>Look:</p>
            --inner
            Content-Type: image/png; name="p.png"
            Content-Transfer-Encoding: base64

            iVBORw0KGgo=
            --inner--
            --outer
            Content-Type: text/plain

            A footer.
            --outer
            Content-Type: message/rfc822

            Subject: within

            A mail in the mail.
            --outer
            Content-Type: text/plain
            Content-Disposition: attachment

            notes
            --outer--
            """);

    assertThat(reading.text()).isEqualTo("Look:\n\nA footer.");
    assertThat(reading.files())
        .extracting(MimeReading.FilePart::name)
        .containsExactly("p.png", "attachment-2.eml", "attachment-3");
    assertThat(reading.files())
        .extracting(MimeReading.FilePart::type)
        .containsExactly("image/png", "message/rfc822", "text/plain");
    assertThat(octets(reading.files().get(0)))
        .containsExactly(0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n');
    assertThat(octets(reading.files().get(1)))
        .asString(StandardCharsets.US_ASCII)
        .isEqualTo("Subject: within\r\n\r\nA mail in the mail.");
    assertThat(reading.remarks()).isEmpty();
  }

  @Test
  void decodesFileNames() {
    assertThat(fileName("attachment; filename=\"=?utf-8?b?w7w=?=.txt\"")).isEqualTo("ü.txt");
    assertThat(fileName("attachment; filename*=utf-8''%C3%BC.txt")).isEqualTo("ü.txt");
    assertThat(fileName("attachment; filename=not quoted.txt")).isEqualTo("not quoted.txt");
    assertThat(fileName("attachment")).isEqualTo("attachment-1");
  }

  @Test
  void aFileNameCannotPretendToEndOtherwise() {
    assertThat(fileName("attachment; filename=\"=?utf-8?q?=E2=80=AEgnp.exe?=\""))
        .isEqualTo("\ufffdgnp.exe");
  }

  @Test
  void decodesTextInItsCharset() {
    assertThat(read(latin1("Content-Type: text/plain; charset=utf-16be\n\n\0H\0i")).text())
        .isEqualTo("Hi");
    assertThat(
            read(latin1("Content-Type: text/plain; charset=iso-8859-1\n\n\u0093caf\u00e9\u0094"))
                .text())
        .isEqualTo("“café”");
    assertThat(read("\nnach Zürich").text()).isEqualTo("nach Zürich");
  }

  @Test
  void readsTextOfAnUnknownCharsetAsUtf8AndSaysSo() {
    MimeReading reading = read("Content-Type: text/plain; charset=klingon\n\nnuqneH é");

    assertThat(reading.text()).isEqualTo("nuqneH é");
    assertThat(reading.remarks()).singleElement().asString().contains("character set");
  }

  @Test
  void readsTextOfAnUnknownEncodingAsItIsAndSaysSo() {
    MimeReading reading = read("Content-Transfer-Encoding: x-zip\n\nstill text");

    assertThat(reading.text()).isEqualTo("still text");
    assertThat(reading.remarks()).singleElement().asString().contains("decoded");
  }

  @Test
  void keepsWhatCanBeDecodedOfABrokenFile() throws Exception {
    String whole = "SGVsbG8gd29ybGQh".repeat(200);
    MimeReading reading =
        read(
            "Content-Type: application/pdf\nContent-Transfer-Encoding: base64\n\n"
                + whole
                + "\n*broken*");
    DecodedStream stream = new DecodedStream(reading.files().get(0).part());

    assertThat(stream.readAllBytes())
        .asString(StandardCharsets.US_ASCII)
        .startsWith("Hello world!");
    assertThat(stream.isDamaged()).isTrue();
  }

  @Test
  void replacesControlCharactersInText() {
    assertThat(read("\na\u0000b\u001b[31mc\r\nd\te").text()).isEqualTo("a\ufffdb\ufffd[31mc\nd\te");
  }

  @Test
  void boundsTheTextAndSaysSo() {
    MimeReading fits = read("\n" + "x".repeat(MimeReading.MAX_TEXT));
    MimeReading tooLong = read("\n" + "x".repeat(MimeReading.MAX_TEXT + 1));

    assertThat(fits.text()).hasSize(MimeReading.MAX_TEXT);
    assertThat(fits.textTruncated()).isFalse();
    assertThat(tooLong.text()).hasSize(MimeReading.MAX_TEXT);
    assertThat(tooLong.textTruncated()).isTrue();
  }

  @Test
  void showsAMultipartWithoutPartsAsText() {
    MimeReading reading =
        read("Content-Type: multipart/mixed; boundary=nowhere\n\nNo boundary here.\n");

    assertThat(reading.text()).isEqualTo("No boundary here.");
    assertThat(reading.remarks()).isNotEmpty();
  }

  @Test
  void readsAMailWhoseContentTypeIsNone() {
    assertThat(read("Content-Type: text\n\nHello").text()).isEqualTo("Hello");
    assertThat(read("Content-Type: ;;;\n\nHello").text()).isEqualTo("Hello");
  }

  @Test
  void readsAMultipartThatWasCutOff() {
    MimeReading reading =
        read("Content-Type: multipart/mixed; boundary=b\n\n--b\n\nfirst\n--b\n\nsecond, cut o");

    assertThat(reading.text()).isEqualTo("first\n\nsecond, cut o");
  }

  @Test
  void stopsAtAnAbsurdDepth() {
    StringBuilder mail = new StringBuilder();
    for (int i = 0; i < 400; i++) {
      mail.append("Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n".formatted(i, i));
    }
    MimeReading reading = read(mail + "\ndeep down");

    assertThat(reading.text()).isEmpty();
    assertThat(reading.remarks()).singleElement().asString().contains("more parts than are shown");
  }

  @Test
  void readsTheTextOfAMailOfOrdinaryDepth() {
    StringBuilder mail = new StringBuilder();
    for (int i = 0; i < 9; i++) {
      mail.append("Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n".formatted(i, i));
    }

    assertThat(read(mail + "\ndeep down").text()).isEqualTo("deep down");
  }

  private static String fileName(String disposition) {
    return read("Content-Type: text/plain\nContent-Disposition: " + disposition + "\n\n")
        .files()
        .get(0)
        .name();
  }

  private static byte[] octets(MimeReading.FilePart file) throws IOException {
    try (DecodedStream stream = new DecodedStream(file.part())) {
      return stream.readAllBytes();
    }
  }

  private static byte[] latin1(String text) {
    return crlf(text).getBytes(StandardCharsets.ISO_8859_1);
  }

  private static MimeReading read(String mail) {
    return read(crlf(mail).getBytes(StandardCharsets.UTF_8));
  }

  private static String crlf(String text) {
    return text.replaceAll("\r?\n", "\r\n");
  }

  private static MimeReading read(byte[] mail) {
    Properties properties = new Properties();
    properties.setProperty("mail.mime.allowutf8", "true");
    try {
      return MimeReader.read(
          new MimeMessage(Session.getInstance(properties), new SharedByteArrayInputStream(mail)));
    } catch (MessagingException e) {
      throw new AssertionError(e);
    }
  }
}
