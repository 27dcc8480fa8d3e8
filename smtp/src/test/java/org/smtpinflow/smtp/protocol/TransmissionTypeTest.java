// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.smtpinflow.smtp.protocol.SessionConfig.Service;
import org.smtpinflow.smtp.protocol.SessionConfig.TlsPolicy;

/** What Received says of the way that a message came (RFC 3848; RFC 6531, section 4.3). */
class TransmissionTypeTest {

  @ParameterizedTest
  @CsvSource({
    "SMTP, HELO, false, false, false, SMTP",
    "SMTP, EHLO, false, false, false, ESMTP",
    "SMTP, EHLO, false, false, true, UTF8SMTP",
    "SMTP, EHLO, true, false, false, ESMTPS",
    "SMTP, EHLO, true, false, true, UTF8SMTPS",
    "SUBMISSION, EHLO, true, true, false, ESMTPSA",
    "SUBMISSION, EHLO, true, true, true, UTF8SMTPSA",
    "LMTP, LHLO, false, false, false, LMTP",
    "LMTP, LHLO, false, false, true, UTF8LMTP",
    "LMTP, LHLO, true, false, false, LMTPS",
    "LMTP, LHLO, true, true, false, LMTPSA",
    "LMTP, LHLO, true, true, true, UTF8LMTPSA",
  })
  void receivedNamesIt(
      Service service, String hello, boolean tls, boolean auth, boolean utf8, String type) {
    String header = header(service, hello, tls, auth, utf8);
    assertThat(header.replaceAll("\\s+", " ")).contains(" with " + type + " id ");
    assertThat(header).doesNotContain("demo");
    String comment = "(using TLSv1.3 with cipher TLS_AES_128_GCM_SHA256)";
    assertThat(header.contains(comment)).isEqualTo(tls);
  }

  private static String header(
      Service service, String hello, boolean tls, boolean auth, boolean utf8) {
    SessionConfig config =
        SessionConfig.defaults("mx.example.com")
            .with(
                service, tls ? TlsPolicy.IMPLICIT : TlsPolicy.NONE, TestMechanism.authentication());
    try (Driver driver = new Driver(config, new TestStore())) {
      driver.send(Transcript.octets(hello + " client.example.org<CR><LF>"));
      if (auth) {
        driver.send(Transcript.octets("AUTH PLAIN AGRlbW8Ac2VjcmV0<CR><LF>"));
      }
      driver.send(
          Transcript.octets(
              "MAIL FROM:<a@example.org>"
                  + (utf8 ? " SMTPUTF8" : "")
                  + "<CR><LF>RCPT TO:<b@example.com><CR><LF>DATA<CR><LF>"));
      driver.send(Transcript.octets("Subject: x<CR><LF>.<CR><LF>"));
      return driver.messages().get(0).text();
    }
  }
}
