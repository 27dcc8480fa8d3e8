// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.rar.inflow;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.mail.MessagingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.smtpinflow.api.Envelope;
import org.smtpinflow.smtp.content.Content;
import org.smtpinflow.smtp.protocol.ReceivedMail;

class DeliveredMailTest {

  private static DeliveredMail mail(String text) {
    Envelope envelope = TestMail.envelope(List.of());
    return new DeliveredMail(
        new ReceivedMail(
            "ID",
            envelope,
            List.of(),
            false,
            TestClient.of("smtp", Optional.empty(), Optional.empty()),
            Instant.EPOCH,
            new Text(text.getBytes(StandardCharsets.ISO_8859_1))),
        envelope);
  }

  /** Angus Mail throws an IndexOutOfBoundsException for it. */
  @Test
  void aMessageThatCannotBeParsedIsReportedAsTheApiDeclares() {
    assertThatThrownBy(mail("  \r\n  \r\nx")::mimeMessage)
        .isInstanceOf(MessagingException.class)
        .hasMessage("the message cannot be parsed");
  }

  @Test
  void aMailThatHasExpiredIsNotParsed() {
    DeliveredMail mail = mail("Subject: x\r\n\r\n");
    mail.expire();
    assertThatThrownBy(mail::mimeMessage).isInstanceOf(IllegalStateException.class);
  }

  private static final class Text implements Content {

    private final byte[] octets;

    Text(byte[] octets) {
      this.octets = octets;
    }

    @Override
    public long size() {
      return octets.length;
    }

    @Override
    public int read(long position, byte[] target, int offset, int length) {
      int count = (int) Math.min(length, octets.length - position);
      if (count <= 0) {
        return -1;
      }
      System.arraycopy(octets, (int) position, target, offset, count);
      return count;
    }

    @Override
    public void close() {}
  }
}
