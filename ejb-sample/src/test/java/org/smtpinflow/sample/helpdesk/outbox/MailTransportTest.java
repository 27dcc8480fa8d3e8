// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.sample.helpdesk.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.mail.Session;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.smtpinflow.sample.helpdesk.ContentRepository;

class MailTransportTest {

  private static final String DESK = "support+1@example.com";

  @ParameterizedTest
  @CsvSource({
    "support+1@example.com, Łukasz@example.org",
    "support+1@example.com, customer@żółw.example",
    "hjälp+1@example.com, customer@example.org",
  })
  void noAddressOutsideAsciiIsNamedToAMailServerWithoutSmtpUtf8(String from, String to)
      throws Exception {
    try (Relay relay = new Relay("250-relay.example", "250 8BITMIME")) {
      assertThatThrownBy(() -> send(relay, mail(from, to, "Re")))
          .isInstanceOfSatisfying(
              NotSentException.class,
              e -> {
                assertThat(e.isPermanent()).isTrue();
                assertThat(e).hasMessageContaining("SMTPUTF8");
              });

      assertThat(relay.heard()).noneMatch(line -> line.startsWith("MAIL"));
      assertThat(relay.heard()).noneMatch(line -> line.startsWith("RCPT"));
    }
  }

  @Test
  void addressOutsideAsciiIsSentAsItIsToAMailServerWithSmtpUtf8() throws Exception {
    try (Relay relay = new Relay("250-relay.example", "250-8BITMIME", "250 SMTPUTF8")) {
      send(relay, mail(DESK, "Łukasz@żółw.example", "Re"));

      assertThat(relay.heard())
          .contains("RCPT TO:<Łukasz@żółw.example>", "To: Łukasz@żółw.example")
          .anyMatch(line -> line.matches("MAIL FROM:<support\\+1@example.com>.* SMTPUTF8.*"));
    }
  }

  @Test
  void headerFieldsOtherThanAddressesAreInAsciiWhateverTheySay() throws Exception {
    try (Relay relay = new Relay("250-relay.example", "250 8BITMIME")) {
      send(
          relay,
          mail(
              DESK,
              "customer@example.org",
              "Łódź",
              new OutgoingMail.File("żółw.txt", "text/plain", 1)));

      assertThat(relay.heard())
          .contains("RCPT TO:<customer@example.org>")
          .allMatch(line -> line.chars().allMatch(c -> c < 0x80));
    }
  }

  private static void send(Relay relay, OutgoingMail mail) throws NotSentException {
    Properties properties = new Properties();
    properties.setProperty("mail.smtp.host", "127.0.0.1");
    properties.setProperty("mail.smtp.port", String.valueOf(relay.port()));
    MailTransport.send(mail, Session.getInstance(properties), new OneFile());
  }

  private static OutgoingMail mail(
      String from, String to, String subject, OutgoingMail.File... files) {
    return new OutgoingMail(
        from,
        to,
        subject,
        Instant.EPOCH,
        "<c@example.com>",
        Optional.empty(),
        List.of(),
        "Grüße",
        List.of(files));
  }

  private static final class OneFile extends ContentRepository {
    @Override
    public Optional<byte[]> part(long contentId, int number) {
      return number == 0 ? Optional.of(new byte[] {1, 2, 3}) : Optional.empty();
    }
  }
}
