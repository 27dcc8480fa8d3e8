// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.it;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.smtpinflow.it.app.Notebook;
import org.smtpinflow.it.app.ReadingBean;
import org.smtpinflow.it.app.StoringBean;
import org.smtpinflow.it.client.SmtpConnection;
import org.smtpinflow.it.client.Transcript;
import org.smtpinflow.it.container.Archives;
import org.smtpinflow.it.container.TomEE;
import org.smtpinflow.it.container.UnsupportedOn;
import org.smtpinflow.it.environment.Database;
import org.smtpinflow.it.environment.Sighting;
import org.smtpinflow.it.environment.TestEnvironment;

/** The message that a bean gets: the content octet for octet, and the envelope. */
@ExtendWith(ArquillianExtension.class)
class ContentIT {

  @Deployment(name = "trace", testable = false)
  static EnterpriseArchive withTraceFields() {
    return Archives.application(
        "content",
        Archives.adapter(),
        Archives.beansBeside("content", ReadingBean.class, StoringBean.class));
  }

  @Deployment(name = "plain", testable = false)
  static EnterpriseArchive withoutTraceFields() {
    Map<String, String> settings =
        Map.of("traceFields", "false", "smtpPort", String.valueOf(TestEnvironment.OTHER_SMTP_PORT));
    return Archives.application(
        "plain", Archives.adapter(settings), Archives.beansBeside("plain", StoringBean.class));
  }

  private static Sighting only(String mailId) {
    assertThat(Database.sightings(mailId)).hasSize(1);
    return Database.sightings(mailId).get(0);
  }

  @Test
  void traceFieldsStandBeforeWhatTheClientSent() throws IOException {
    Map<String, String> words =
        Transcript.play(
            """
            S: 220 mx.example.com ESMTP ...
            C: EHLO client.example
            S: 250-mx.example.com ...
            S: *
            C: MAIL FROM:<sender@example.org>
            S: 250 2.1.0 ...
            C: RCPT TO:<one@store.example>
            S: 250 2.1.5 ...
            C: DATA
            S: 354 ...
            C: Subject: dots
            C:
            C: .. one dot
            C: ... two dots
            C: .
            S: 250 2.0.0 Message {id} delivered
            """);

    Sighting seen = only(words.get("id"));
    assertThat(seen.content())
        .startsWith("Return-Path: <sender@example.org>\r\nReceived: from client.example ")
        .endsWith("\r\nSubject: dots\r\n\r\n. one dot\r\n.. two dots\r\n")
        .contains("by mx.example.com", "with ESMTP", "id " + words.get("id"));
    assertThat(seen.size()).isEqualTo(seen.content().length());
  }

  @Test
  void contentIsWhatTheClientSentWhenThereAreNoTraceFields() throws IOException {
    try (SmtpConnection connection = new SmtpConnection(TestEnvironment.OTHER_SMTP_PORT)) {
      String id =
          Transcript.play(
                  connection,
                  """
                  S: 220 ...
                  C: EHLO client.example
                  S: 250-mx.example.com ...
                  S: *
                  C: MAIL FROM:<>
                  S: 250 2.1.0 ...
                  C: RCPT TO:<one@store.example>
                  S: 250 2.1.5 ...
                  C: DATA
                  S: 354 ...
                  C: Subject: plain
                  C:
                  C: ..
                  C: .
                  S: 250 2.0.0 Message {id} delivered
                  """)
              .get("id");

      assertThat(only(id).content()).isEqualTo("Subject: plain\r\n\r\n.\r\n");
    }
  }

  /** CHUNKING and BINARYMIME (RFC 3030): anything goes through, in any message of a session. */
  @Test
  void binaryContentInChunksArrivesOctetForOctet() throws IOException {
    byte[] all = new byte[70_000];
    for (int i = 0; i < all.length; i++) {
      all[i] = (byte) (i * 31);
    }
    byte[][] contents = {
      "Subject: a\r\n\r\n\0\r bare\n\r\n.\r\nQUIT\r\n.\r\n\u00ff".getBytes(ISO_8859_1), all
    };
    try (SmtpConnection connection = new SmtpConnection(TestEnvironment.OTHER_SMTP_PORT).greet()) {
      for (byte[] content : contents) {
        String id = sendInThreeChunks(connection, content);

        Sighting seen = only(id);
        assertThat(seen.content()).isEqualTo(new String(content, ISO_8859_1));
        assertThat(seen.sha256()).isEqualTo(Notebook.sha256(new ByteArrayInputStream(content)));
      }
    }
  }

  private static String sendInThreeChunks(SmtpConnection connection, byte[] content)
      throws IOException {
    Transcript.play(
        connection,
        """
        C: MAIL FROM:<sender@example.org> BODY=BINARYMIME
        S: 250 2.1.0 ...
        C: RCPT TO:<one@store.example>
        S: 250 2.1.5 ...
        C: BDAT 17
        """);
    connection.send(slice(content, 0, 17));
    int rest = content.length - 17;
    Transcript.play(
        connection,
        """
        S: 250 2.0.0 ...
        C: BDAT %d
        """
            .formatted(rest));
    connection.send(slice(content, 17, content.length));
    return Transcript.play(
            connection,
            """
            S: 250 2.0.0 ...
            C: BDAT 0 LAST
            S: 250 2.0.0 Message {id} delivered
            """)
        .get("id");
  }

  private static byte[] slice(byte[] octets, int from, int to) {
    return Arrays.copyOfRange(octets, from, to);
  }

  @Test
  void beanIsToldWhatTheClientSaid() throws IOException {
    Instant before = Instant.now();
    try (SmtpConnection connection = new SmtpConnection()) {
      String id =
          Transcript.play(
                  connection,
                  """
                  S: 220 ...
                  C: EHLO [192.0.2.1]
                  S: 250-mx.example.com ...
                  S: *
                  C: MAIL FROM:<"a b"@example.org> SIZE=12345 BODY=8BITMIME SMTPUTF8 RET=HDRS ENVID=x+2By
                  S: 250 2.1.0 ...
                  C: RCPT TO:<one@read.example> NOTIFY=SUCCESS,FAILURE ORCPT=rfc822;uno+40read.example
                  S: 250 2.1.5 ...
                  C: RCPT TO:<zw\u00f6lf@read.example> NOTIFY=NEVER
                  S: 250 2.1.5 ...
                  C: DATA
                  S: 354 ...
                  C: Subject: gr\u00fc\u00dfe
                  C:
                  C: gr\u00fc\u00dfe
                  C: .
                  S: 250 2.0.0 Message {id} delivered
                  """)
              .get("id");

      Sighting seen = only(id);
      assertThat(seen.facts())
          .contains(
              entry("reversePath", "<\"a b\"@example.org>"),
              entry("declaredSize", "OptionalLong[12345]"),
              entry("body", "EIGHT_BIT_MIME"),
              entry("smtpUtf8", "true"),
              entry("dsnReturn", "Optional[HDRS]"),
              entry("envelopeId", "Optional[x+y]"),
              entry(
                  "recipient <one@read.example>",
                  "[SUCCESS, FAILURE] Optional[OriginalRecipient[addressType=rfc822,"
                      + " address=uno@read.example]]"),
              entry("recipient <zw\u00f6lf@read.example>", "[NEVER] Optional.empty"),
              entry("helo", "[192.0.2.1]"),
              entry("remotePort", String.valueOf(connection.localPort())),
              entry("localPort", String.valueOf(TestEnvironment.SMTP_PORT)),
              entry("listener", "smtp"),
              entry("tls", "Optional.empty"),
              entry("identity", "Optional.empty"));
      assertThat(Instant.parse(seen.facts().get("receivedAt")))
          .isBetween(before, Instant.now().plus(Duration.ofSeconds(1)));
      assertThat(seen.recipients())
          .containsExactly("<one@read.example>", "<zw\u00f6lf@read.example>");
    }
  }

  @Test
  @UnsupportedOn(
      value = TomEE.class,
      because = "the server's Jakarta Mail takes the UTF-8 of a header field for ISO 8859-1")
  void aHeaderFieldInUtf8CanBeReadByJakartaMail() throws IOException {
    String id =
        Transcript.play(
                """
                S: 220 ...
                C: EHLO client.example
                S: 250-mx.example.com ...
                S: *
                C: MAIL FROM:<sender@example.org> SMTPUTF8
                S: 250 2.1.0 ...
                C: RCPT TO:<one@read.example>
                S: 250 2.1.5 ...
                C: DATA
                S: 354 ...
                C: Subject: gr\u00fc\u00dfe
                C:
                C: .
                S: 250 2.0.0 Message {id} delivered
                """)
            .get("id");

    assertThat(only(id).facts()).contains(entry("subject", "gr\u00fc\u00dfe"));
  }

  @Test
  void partsOfAMessageCanBeReadByJakartaMail() throws IOException {
    String id =
        Transcript.play(
                """
                S: 220 ...
                C: EHLO client.example
                S: 250-mx.example.com ...
                S: *
                C: MAIL FROM:<sender@example.org>
                S: 250 2.1.0 ...
                C: RCPT TO:<one@read.example>
                S: 250 2.1.5 ...
                C: DATA
                S: 354 ...
                C: Subject: =?UTF-8?Q?Gr=C3=BC=C3=9Fe?=
                C: MIME-Version: 1.0
                C: Content-Type: multipart/mixed; boundary=b
                C:
                C: --b
                C: Content-Type: text/plain
                C:
                C: Hello
                C: --b
                C: Content-Type: application/octet-stream; name=abc.bin
                C: Content-Disposition: attachment; filename=abc.bin
                C: Content-Transfer-Encoding: base64
                C:
                C: AAEC/w==
                C: --b--
                C: .
                S: 250 2.0.0 Message {id} delivered
                """)
            .get("id");

    byte[] attachment = {0, 1, 2, (byte) 0xff};
    assertThat(only(id).facts())
        .contains(
            entry("subject", "Gr\u00fc\u00dfe"),
            entry(
                "part 0 sha256",
                Notebook.sha256(new ByteArrayInputStream("Hello".getBytes(ISO_8859_1)))),
            entry("part 1 file", "abc.bin"),
            entry("part 1 sha256", Notebook.sha256(new ByteArrayInputStream(attachment))));
  }
}
