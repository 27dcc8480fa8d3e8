// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.smtpinflow.api.Client;
import org.smtpinflow.smtp.protocol.SessionConfig.Authentication;
import org.smtpinflow.smtp.protocol.SessionConfig.Service;
import org.smtpinflow.smtp.protocol.SessionConfig.TlsPolicy;

/** The change to TLS (RFC 3207) and sessions inside TLS from the first (RFC 8314). */
class StartTlsTest {

  private static final Transcript OFFERED = Transcript.with(Service.SMTP, TlsPolicy.OFFERED);

  @Test
  void aSessionThatChangesToTls() {
    var outcome =
        OFFERED.run(
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
            S: 250-STARTTLS
            S: 250 HELP
            C: STARTTLS
            S: 220 2.0.0 Ready to start TLS
            (TLS)
            C: EHLO inside.example.org
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
            S: 250-REQUIRETLS
            S: 250-AUTH PLAIN LOGIN
            S: 250 HELP
            C: MAIL FROM:<a@example.org>
            S: 250 2.1.0 *
            C: RCPT TO:<b@example.com>
            S: 250 2.1.5 *
            C: DATA
            S: 354 *
            C: .
            S: 250 2.0.0 Accepted
            """);
    Client client = outcome.onlyMessage().mail().client();
    assertThat(client.tls()).contains(Driver.TLS_CHANNEL.session());
    assertThat(client.helo()).isEqualTo("inside.example.org");
    assertThat(outcome.clients()).containsExactly(client);
  }

  @Test
  void whatWasSaidInClearTextIsForgotten() {
    OFFERED.runAfterEhlo(
        """
        C: STARTTLS
        S: 220 2.0.0 *
        (TLS)
        C: MAIL FROM:<a@example.org>
        S: 503 5.5.1 Send EHLO first
        C: AUTH PLAIN AGRlbW8Ac2VjcmV0
        S: 503 5.5.1 Send EHLO first
        C: HELO client.example.org
        S: 250 mx.example.com
        C: MAIL FROM:<a@example.org> SIZE=1
        S: 555 5.5.4 *
        """);
  }

  @Test
  void inputBehindTheCommandEndsTheSession() {
    var outcome =
        OFFERED.runAfterEhlo(
            """
            C: NOOP
            C: STARTTLS
            C: RSET
            C: MAIL FROM:<a@example.org>
            S: 250 2.0.0 OK
            S: 421 4.5.0 Input came behind STARTTLS in clear text, closing connection
            (closed)
            """);
    assertThat(outcome.messages()).isEmpty();
  }

  @Test
  void evenTheBeginningOfALineBehindItDoes() {
    OFFERED.runAfterEhlo(
        """
        C: STARTTLS
        C~ R
        S: 421 4.5.0 *
        (closed)
        """);
  }

  @Test
  void inputThatWasHeldBackEndsTheSessionTooWhenItIsOffered() {
    SmtpSession session = session(TlsPolicy.OFFERED);
    session.start();
    session.advance(input("EHLO x\r\n"));
    assertThat(session.advance(input("STARTTLS\r\n"))).isInstanceOf(Step.StartTls.class);
    assertThat(session.advance(input("RSET\r\n"))).isInstanceOf(Step.Close.class);
    assertThat(output(session)).doesNotContain("2.0.0").endsWith("closing connection\r\n");
  }

  @Test
  void nothingIsReadDuringTheHandshake() {
    SmtpSession session = session(TlsPolicy.OFFERED);
    session.start();
    session.advance(input("EHLO x\r\nSTARTTLS\r\n"));
    assertThatIllegalStateException()
        .isThrownBy(() -> session.advance(Unpooled.EMPTY_BUFFER))
        .withMessageContaining("StartTls");
  }

  @Test
  void notBeforeEhlo() {
    OFFERED.run(
        """
        C: STARTTLS
        S: 503 5.5.1 Send EHLO first
        C: HELO client.example.org
        S: 250 mx.example.com
        C: STARTTLS
        S: 503 5.5.1 Send EHLO first, not HELO
        """);
  }

  @Test
  void notInAMailTransactionAndNotWithArguments() {
    var outcome =
        OFFERED.runAfterEhlo(
            """
            C: STARTTLS now
            S: 501 5.5.4 The command takes no argument
            C: MAIL FROM:<a@example.org>
            S: 250 2.1.0 *
            C: STARTTLS
            S: 503 5.5.1 Not allowed in a mail transaction
            C: RCPT TO:<b@example.com>
            S: 250 2.1.5 *
            C: STARTTLS
            S: 503 5.5.1 Not allowed in a mail transaction
            C: BDAT 2
            C~ ab
            S: 250 2.0.0 *
            C: STARTTLS
            S: 503 5.5.1 Not allowed in a mail transaction
            C: BDAT 0 LAST
            S: 250 2.0.0 Accepted
            C: STARTTLS
            S: 220 2.0.0 *
            """);
    assertThat(outcome.messages()).hasSize(1);
  }

  @Test
  void notTwice() {
    OFFERED.runAfterEhlo(
        """
        C: STARTTLS
        S: 220 2.0.0 *
        (TLS)
        C: STARTTLS
        S: 503 5.5.1 TLS is active already
        C: EHLO client.example.org
        S: 250-*
        S: 250-*
        S: 250-*
        S: 250-*
        S: 250-*
        S: 250-*
        S: 250-*
        S: 250-*
        S: 250-*
        S: 250-*
        S: 250-*
        S: 250-*
        S: 250 HELP
        C: STARTTLS
        S: 503 5.5.1 TLS is active already
        """);
  }

  @Test
  void notWhereItIsNotOffered() {
    Transcript.with(Service.SMTP, TlsPolicy.NONE)
        .runAfterEhlo(
            """
            C: STARTTLS
            S: 502 5.5.1 Command not implemented
            """);
  }

  @Test
  void implicitTlsHasNoStartTls() {
    var outcome =
        Transcript.with(Service.SMTP, TlsPolicy.IMPLICIT)
            .run(
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
                S: 250-REQUIRETLS
                S: 250-AUTH PLAIN LOGIN
                S: 250 HELP
                C: STARTTLS
                S: 503 5.5.1 TLS is active already
                C: MAIL FROM:<a@example.org>
                C: RCPT TO:<b@example.com>
                S: 250 2.1.0 *
                S: 250 2.1.5 *
                """);
    assertThat(outcome.clients().get(0).tls()).contains(Driver.TLS_CHANNEL.session());
  }

  @Test
  void tlsCanBeRequired() {
    Transcript.with(Service.SMTP, TlsPolicy.REQUIRED)
        .run(
            """
            C: NOOP
            S: 250 2.0.0 OK
            C: HELO client.example.org
            S: 250 mx.example.com
            C: MAIL FROM:<a@example.org>
            S: 530 5.7.0 Must issue a STARTTLS command first
            C: RCPT TO:<b@example.com>
            S: 530 5.7.0 Must issue a STARTTLS command first
            C: BDAT 6
            C~ QUIT<CR><LF>
            S: 530 5.7.0 Must issue a STARTTLS command first
            C: RSET
            S: 530 5.7.0 Must issue a STARTTLS command first
            C: VRFY a
            S: 530 5.7.0 Must issue a STARTTLS command first
            C: HELP
            S: 530 5.7.0 Must issue a STARTTLS command first
            C: EXPN a
            S: 530 5.7.0 Must issue a STARTTLS command first
            C: AUTH PLAIN AGRlbW8Ac2VjcmV0
            S: 530 5.7.0 Must issue a STARTTLS command first
            C: FOO
            S: 500 5.5.1 *
            C: QUIT
            S: 221 2.0.0 *
            (closed)
            """);
  }

  @Test
  void whenItIsThereAllIsAllowed() {
    Transcript.with(Service.SMTP, TlsPolicy.REQUIRED)
        .runAfterEhlo(
            """
            C: STARTTLS
            S: 220 2.0.0 *
            (TLS)
            C: HELO client.example.org
            S: 250 mx.example.com
            C: MAIL FROM:<a@example.org>
            S: 250 2.1.0 *
            """);
  }

  @Test
  void helpNamesTheCommandsOfTheListener() {
    OFFERED.run(
        """
        C: HELP
        S: 214 2.0.0 Commands: EHLO HELO STARTTLS AUTH MAIL RCPT DATA BDAT RSET NOOP VRFY HELP QUIT
        """);
    Transcript.play(
        """
        C: HELP
        S: 214 2.0.0 Commands: EHLO HELO MAIL RCPT DATA BDAT RSET NOOP VRFY HELP QUIT
        """);
  }

  @Test
  void aSessionThatIsToEndDuringTheHandshakeEndsInsideTls() {
    OFFERED.runAfterEhlo(
        """
        C: STARTTLS
        S: 220 2.0.0 *
        (drain)
        (TLS)
        S: 421 4.3.2 *
        (closed)
        """);
  }

  @Test
  void aServerThatStopsDuringTheHandshakeSaysNothingInClearText() {
    OFFERED.runAfterEhlo(
        """
        C: STARTTLS
        S: 220 2.0.0 *
        (shut down)
        (closed)
        """);
  }

  @Test
  void tlsThatIsReadyAfterTheEndIsOfNoEffect() {
    SmtpSession session = session(TlsPolicy.OFFERED);
    session.start();
    session.advance(input("EHLO x\r\nSTARTTLS\r\n"));
    session.shutDown();
    assertThat(session.tlsStarted(Driver.TLS_CHANNEL)).isInstanceOf(Step.Close.class);
  }

  @Test
  void theDriverMustDoWhatIsConfigured() {
    assertThatIllegalStateException().isThrownBy(() -> session(TlsPolicy.IMPLICIT).start());
    assertThatIllegalStateException()
        .isThrownBy(() -> session(TlsPolicy.OFFERED).start(Driver.TLS_CHANNEL));
    SmtpSession session = session(TlsPolicy.OFFERED);
    session.start();
    assertThatIllegalStateException().isThrownBy(() -> session.tlsStarted(Driver.TLS_CHANNEL));
  }

  private static SmtpSession session(TlsPolicy tls) {
    return new SmtpSession(
        Transcript.config().with(Service.SMTP, tls, Authentication.none()),
        Driver.address(192, 0, 2, 1),
        new Client.Listener("smtp", Driver.address(192, 0, 2, 25)),
        new TestStore(),
        InstantSource.fixed(Driver.NOW));
  }

  private static ByteBuf input(String text) {
    return Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII);
  }

  private static String output(SmtpSession session) {
    ByteBuf output = Unpooled.buffer();
    session.drainOutput(output);
    return output.toString(StandardCharsets.US_ASCII);
  }
}
