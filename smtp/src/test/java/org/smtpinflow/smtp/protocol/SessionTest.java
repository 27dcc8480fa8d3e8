// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A session from its greeting to its end (RFC 5321, sections 3.1 to 3.8 and appendix D). */
class SessionTest {

  @Test
  void aTypicalSession() {
    var outcome =
        Transcript.play(
            """
            S: 220 mx.example.com ESMTP
            C: EHLO client.example.org
            S: 250-mx.example.com
            S: 250-PIPELINING
            S: 250-SIZE 52428800
            S: 250-8BITMIME
            S: 250-ENHANCEDSTATUSCODES
            S: 250-SMTPUTF8
            S: 250-CHUNKING
            S: 250-BINARYMIME
            S: 250-DSN
            S: 250-LIMITS MAILMAX=1000 RCPTMAX=100
            S: 250 HELP
            C: MAIL FROM:<smith@client.example.org>
            S: 250 2.1.0 Sender OK
            C: RCPT TO:<jones@example.com>
            S: 250 2.1.5 Recipient OK
            C: RCPT TO:<unknown@example.com>
            S: 550 5.1.1 No such mailbox
            C: RCPT TO:<brown@example.com>
            S: 250 2.1.5 Recipient OK
            C: DATA
            S: 354 Start mail input; end with <CRLF>.<CRLF>
            C: Subject: Hello
            C:
            C: Blah blah blah...
            C: .
            S: 250 2.0.0 Accepted
            C: QUIT
            S: 221 2.0.0 Goodbye
            (closed)
            """);

    var message = outcome.onlyMessage();
    assertThat(message.text()).isEqualTo("Subject: Hello\r\n\r\nBlah blah blah...\r\n");
    assertThat(message.envelope().reversePath()).hasToString("<smith@client.example.org>");
    assertThat(message.envelope().recipients())
        .extracting(recipient -> recipient.path().toString())
        .containsExactly("<jones@example.com>", "<brown@example.com>");
    assertThat(message.mail().client().helo()).isEqualTo("client.example.org");
    assertThat(message.mail().receivedAt()).isEqualTo(Driver.NOW);
  }
}
