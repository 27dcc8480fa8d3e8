// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.sample.helpdesk.outbox;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.smtpinflow.sample.helpdesk.ContentRepository;

class OutgoingMessageTest {

  private static final Session SESSION = Session.getInstance(new Properties());

  @Test
  void filesAreSentOctetForOctetInWhateverPartsTheyAreStored() throws Exception {
    MimeMessage message =
        written(
            List.of(
                new OutgoingMail.File("unix.txt", "text/plain", 1),
                new OutgoingMail.File("mail.eml", "message/rfc822", 1)));

    MimeMultipart parts = (MimeMultipart) message.getContent();
    for (int i = 1; i <= 2; i++) {
      // The line breaks of anything else would be changed in transit, because SMTP allows only
      // CRLF.
      assertThat(parts.getBodyPart(i).getHeader("Content-Transfer-Encoding"))
          .containsExactly("base64");
      assertThat(new String(parts.getBodyPart(i).getInputStream().readAllBytes(), US_ASCII))
          .isEqualTo("one\ntwo\r\nthree\rfour\n");
    }
  }

  @Test
  void longListOfReferencesIsInLinesOfItsOwn() throws Exception {
    MimeMessage message = written(List.of());

    assertThat(message.getHeader("References"))
        .containsExactly("<a@example.org>\r\n <b@example.org>");
    assertThat(message.getMessageID()).isEqualTo("<c@example.com>");
  }

  private static MimeMessage written(List<OutgoingMail.File> files)
      throws MessagingException, IOException {
    OutgoingMail mail =
        new OutgoingMail(
            "support+1@example.com",
            "customer@example.org",
            "Re",
            Instant.EPOCH,
            "<c@example.com>",
            Optional.of("<b@example.org>"),
            List.of("<a@example.org>", "<b@example.org>"),
            "Hello",
            files);
    OutgoingMessage message = new OutgoingMessage(SESSION, mail, new TwoParts());
    ByteArrayOutputStream octets = new ByteArrayOutputStream();
    message.saveChanges();
    message.writeTo(octets);
    return new MimeMessage(SESSION, new ByteArrayInputStream(octets.toByteArray()));
  }

  /** Has one content, in two parts. */
  private static final class TwoParts extends ContentRepository {
    @Override
    public Optional<byte[]> part(long contentId, int number) {
      List<String> parts = List.of("one\ntwo\r\nth", "ree\rfour\n");
      return number < parts.size()
          ? Optional.of(parts.get(number).getBytes(US_ASCII))
          : Optional.empty();
    }
  }
}
