// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.sample.helpdesk.mime;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.util.SharedByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PartBudgetTest {

  private final PartBudget budget = new PartBudget();

  @ParameterizedTest
  @ValueSource(strings = {"\r\n", "\n", "\r"})
  void countsPartsWhateverEndsTheirLines(String lineEnd) throws Exception {
    assertThat(budget.admits(multipart(("--b" + lineEnd + lineEnd).repeat(501)))).isFalse();
  }

  @Test
  void admitsAsManyPartsAsThereAreInAllMultipartsTogether() throws Exception {
    assertThat(budget.admits(multipart("--b\r\n\r\ntext\r\n".repeat(300)))).isTrue();
    assertThat(budget.admits(multipart("--b\r\n\r\ntext\r\n".repeat(200)))).isTrue();
    assertThat(budget.admits(multipart("--b\r\n\r\ntext\r\n"))).isFalse();
  }

  @Test
  void countsTheHeadersOfParts() throws Exception {
    String header = "X-Long: " + "x".repeat(256 * 1024) + "\r\n";

    assertThat(budget.admits(multipart("--b\r\n" + header + "\r\ntext\r\n"))).isFalse();
  }

  @Test
  void countsTheLinesOfHeadersHoweverShort() throws Exception {
    assertThat(budget.admits(multipart("--b\r\n" + "a:\r\n".repeat(5_001) + "\r\n"))).isFalse();
  }

  @Test
  void countsThePreamble() throws Exception {
    assertThat(budget.admits(multipart("x".repeat(257 * 1024) + "\r\n--b\r\n\r\n"))).isFalse();
  }

  @Test
  void doesNotCountBodies() throws Exception {
    String body = "-- text that has dashes\r\n\r\n".repeat(100_000);

    assertThat(budget.admits(multipart("--b\r\n\r\n" + body + "--b--\r\n"))).isTrue();
  }

  @Test
  void countsWhatLooksLikeADelimiterIfThereIsNoBoundary() throws Exception {
    assertThat(budget.admits(message("multipart/mixed", "--any\r\n\r\n".repeat(501)))).isFalse();
  }

  private static MimeMessage multipart(String body) throws Exception {
    return message("multipart/mixed; boundary=b", body);
  }

  private static MimeMessage message(String type, String body) throws Exception {
    byte[] content =
        ("Content-Type: " + type + "\r\n\r\n" + body).getBytes(StandardCharsets.US_ASCII);
    return new MimeMessage(
        Session.getInstance(new Properties()), new SharedByteArrayInputStream(content));
  }
}
