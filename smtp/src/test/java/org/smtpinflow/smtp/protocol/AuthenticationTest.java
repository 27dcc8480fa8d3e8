// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.smtpinflow.api.Client;
import org.smtpinflow.smtp.protocol.SessionConfig.Limits;
import org.smtpinflow.smtp.protocol.SessionConfig.Service;
import org.smtpinflow.smtp.protocol.SessionConfig.TlsPolicy;
import org.smtpinflow.smtp.sasl.SaslOutcome;

/** The AUTH command and its exchange (RFC 4954). */
class AuthenticationTest {

  private static final Transcript IN_TLS = Transcript.with(Service.SMTP, TlsPolicy.IMPLICIT);

  private static final Client.Identity DEMO = new Client.Identity("demo", Set.of("agent"));

  @Test
  void withAnInitialResponse() {
    var outcome =
        IN_TLS.runAfterEhlo(
            """
            C: AUTH PLAIN AGRlbW8Ac2VjcmV0
            S: 235 2.7.0 Authentication succeeded
            C: MAIL FROM:<a@example.org>
            S: 250 2.1.0 *
            C: RCPT TO:<b@example.com>
            S: 250 2.1.5 *
            C: DATA
            S: 354 *
            C: .
            S: 250 2.0.0 Accepted
            """);
    assertThat(outcome.onlyMessage().mail().client().identity()).contains(DEMO);
    assertThat(outcome.clients().get(0).identity()).contains(DEMO);
  }

  @Test
  void withoutOne() {
    IN_TLS.runAfterEhlo(
        """
        C: AUTH PLAIN
        S: 334 *
        C: AGRlbW8Ac2VjcmV0
        S: 235 2.7.0 Authentication succeeded
        """);
  }

  @Test
  void inSeveralSteps() {
    IN_TLS.runAfterEhlo(
        """
        C: auth login
        S: 334 VXNlcm5hbWU6
        C: ZGVtbw==
        S: 334 UGFzc3dvcmQ6
        C: c2VjcmV0
        S: 235 2.7.0 Authentication succeeded
        """);
  }

  @Test
  void aResponseIsNoCommand() {
    IN_TLS.runAfterEhlo(
        """
        C: AUTH LOGIN
        S: 334 *
        C: QUIT
        S: 334 UGFzc3dvcmQ6
        C: RSET
        S: 535 5.7.8 Authentication credentials invalid
        C: NOOP
        S: 250 2.0.0 OK
        """);
  }

  @Test
  void anEmptyResponseIsAResponse() {
    IN_TLS.runAfterEhlo(
        """
        C: AUTH PLAIN =
        S: 501 5.5.2 Response of PLAIN has not three parts
        C: AUTH PLAIN
        S: 334 *
        C:
        S: 501 5.5.2 Response of PLAIN has not three parts
        C: NOOP
        S: 250 2.0.0 OK
        """);
  }

  @Test
  void onlyStrictBase64IsAResponse() {
    IN_TLS.runAfterEhlo(
        """
        C: AUTH PLAIN AGRlbW8Ad3Jvbmc
        S: 501 5.5.2 Response is not base64
        C: AUTH PLAIN AGRlbW8A c2VjcmV0
        S: 501 5.5.2 Response is not base64
        C: AUTH PLAIN AGRlbW8A-_VjcmV0
        S: 501 5.5.2 Response is not base64
        C: AUTH PLAIN AG=lbW8Ac2VjcmV0
        S: 501 5.5.2 Response is not base64
        C: AUTH PLAIN bücher==
        S: 501 5.5.2 Response is not base64
        C: AUTH PLAIN
        S: 334 *
        C: =
        S: 501 5.5.2 Response is not base64
        C: AUTH PLAIN
        S: 334 *
        C:  AGRlbW8Ac2VjcmV0
        S: 501 5.5.2 Response is not base64
        C: AUTH PLAIN
        S: 334 *
        C: AGRlbW8A<TAB><FF>2VjcmV0
        S: 501 5.5.2 Response is not base64
        C: NOOP
        S: 250 2.0.0 OK
        """);
  }

  @Test
  void theClientMayCancel() {
    IN_TLS.runAfterEhlo(
        """
        C: AUTH LOGIN
        S: 334 *
        C: *
        S: 501 5.7.0 Authentication cancelled by the client
        C: *
        S: 500 5.5.1 *
        C: AUTH PLAIN AGRlbW8Ac2VjcmV0
        S: 235 2.7.0 *
        """);
  }

  @Test
  void aResponseMayBeLongButNotTooLong() {
    String longest = "A".repeat(12_286 / 4 * 4);
    IN_TLS.runAfterEhlo(
        """
        C: AUTH LOGIN
        S: 334 *
        C: %s
        S: 334 *
        C: %s
        S: 500 5.5.6 Authentication exchange line is too long
        C: NOOP
        S: 250 2.0.0 OK
        C: AUTH LOGIN %s
        S: 500 5.5.6 Authentication exchange line is too long
        C: AUTH LOGIN %s
        S: 334 *
        """
            .formatted(longest, longest + "AAAA", longest, longest.substring(16)));
  }

  @Test
  void aResponseEndsWithCrLfAlone() {
    IN_TLS.runAfterEhlo(
        """
        C: AUTH LOGIN
        S: 334 *
        C: ZGVtbw==<LF>c2VjcmV0
        S: 500 5.5.2 *
        C: NOOP
        S: 250 2.0.0 OK
        """);
  }

  @Test
  void commandsBehindItAreObeyedAfterIt() {
    IN_TLS.runAfterEhlo(
        """
        C: AUTH PLAIN AGRlbW8Ac2VjcmV0
        C: MAIL FROM:<a@example.org>
        C: RCPT TO:<b@example.com>
        S: 235 2.7.0 *
        S: 250 2.1.0 *
        S: 250 2.1.5 *
        C: RSET
        C: NOOP
        S: 250 2.0.0 OK
        S: 250 2.0.0 OK
        """);
  }

  @Test
  void failuresAreFew() {
    var outcome =
        IN_TLS.runAfterEhlo(
            """
            C: AUTH PLAIN AGRlbW8Ad3Jvbmc=
            S: 535 5.7.8 Authentication credentials invalid
            C: MAIL FROM:<a@example.org>
            S: 250 2.1.0 *
            C: RCPT TO:<b@example.com>
            S: 250 2.1.5 *
            C: RSET
            S: 250 2.0.0 OK
            C: AUTH PLAIN AGRlbW8Ad3Jvbmc=
            S: 535 5.7.8 Authentication credentials invalid
            C: AUTH PLAIN AGRlbW8Ad3Jvbmc=
            C: AUTH PLAIN AGRlbW8Ac2VjcmV0
            S: 535 5.7.8 Authentication credentials invalid
            S: 421 4.7.0 Too many failed authentications, closing connection
            (closed)
            """);
    assertThat(outcome.clients().get(0).identity()).isEmpty();
  }

  @Test
  void whenNobodyCanTellTheClientMayTryAgain() {
    IN_TLS.runAfterEhlo(
        """
        C: AUTH PLAIN AGRvd24Ac2VjcmV0
        S: 454 4.7.0 Cannot authenticate anybody now, try again later
        C: AUTH PLAIN AGRvd24Ac2VjcmV0
        S: 454 4.7.0 *
        C: AUTH PLAIN AGRvd24Ac2VjcmV0
        S: 454 4.7.0 *
        C: AUTH PLAIN AGRlbW8Ac2VjcmV0
        S: 235 2.7.0 *
        """);
  }

  @Test
  void failuresAreErrorsTooAndCancellationsAreNoFailures() {
    SessionConfig c = Transcript.config();
    Transcript.with(
            new SessionConfig(
                c.serverName(),
                Service.SMTP,
                TlsPolicy.IMPLICIT,
                TestMechanism.authentication(),
                new Limits(1000, 100, 100, 5),
                c.timeouts(),
                c.bareNewlines(),
                false))
        .runAfterEhlo(
            """
            C: AUTH PLAIN AGRlbW8Ad3Jvbmc=
            S: 535 5.7.8 *
            C: AUTH LOGIN
            S: 334 *
            C: *
            S: 501 5.7.0 *
            C: AUTH LOGIN
            S: 334 *
            C: *
            S: 501 5.7.0 *
            C: AUTH LOGIN
            S: 334 *
            C: *
            S: 501 5.7.0 *
            C: AUTH PLAIN AGRlbW8Ad3Jvbmc=
            S: 535 5.7.8 *
            S: 421 4.7.0 Too many errors, closing connection
            (closed)
            """);
  }

  @Test
  void silenceEndsTheExchangeAsItDoesTheSession() {
    IN_TLS.runAfterEhlo(
        """
        C: AUTH LOGIN
        S: 334 *
        (silence)
        S: 421 4.4.2 No command for too long, closing connection
        (closed)
        """);
  }

  @Test
  void anOutcomeThatComesAfterTheEndIsOfNoEffect() {
    SmtpSession session = session();
    assertThat(session.advance(input("EHLO x\r\nAUTH PLAIN AGRlbW8Ac2VjcmV0\r\n")))
        .isInstanceOf(Step.AskAuthentication.class);
    assertThat(session.drain()).isInstanceOf(Step.Close.class);
    session.authenticated(new SaslOutcome.Accepted(DEMO));
    assertThat(output(session)).contains("421 4.3.2").doesNotContain("235");
  }

  @Test
  void theDriverMayCutOff() {
    SmtpSession session = session();
    session.advance(input("EHLO x\r\nAUTH PLAIN AGRlbW8Ac2VjcmV0\r\n"));
    assertThat(session.cutOff()).isInstanceOf(Step.Close.class);
    assertThat(output(session)).endsWith("421 4.7.0 " + TOO_MANY + "\r\n");
  }

  private static final String TOO_MANY = "Too many failed authentications, closing connection";

  @Test
  void nothingIsReadUntilTheOutcomeIsKnown() {
    SmtpSession session = session();
    session.advance(input("EHLO x\r\nAUTH PLAIN AGRlbW8Ac2VjcmV0\r\n"));
    assertThatIllegalStateException()
        .isThrownBy(() -> session.advance(input("NOOP\r\n")))
        .withMessageContaining("AskAuthentication");
    session.authenticated(new SaslOutcome.Refused());
    assertThatIllegalStateException()
        .isThrownBy(() -> session.authenticated(new SaslOutcome.Accepted(DEMO)));
  }

  @Test
  void nothingRevealsWhatTheClientSent() throws CommandRefusedException {
    String line = "AUTH PLAIN AGRlbW8Ac2VjcmV0";
    assertThat(CommandLine.parse(line.getBytes(StandardCharsets.US_ASCII)).toString())
        .isEqualTo("CommandLine[AUTH]");
    SmtpSession session = session();
    Step step = session.advance(input("EHLO x\r\n" + line + "\r\n"));
    assertThat(step).hasToString("AskAuthentication");
    assertThat(output(session)).doesNotContain("AGRlbW8", "demo", "secret");
  }

  private static SmtpSession session() {
    SmtpSession session =
        new SmtpSession(
            Transcript.config()
                .with(Service.SMTP, TlsPolicy.IMPLICIT, TestMechanism.authentication()),
            Driver.address(192, 0, 2, 1),
            new Client.Listener("smtp", Driver.address(192, 0, 2, 25)),
            new TestStore(),
            InstantSource.fixed(Driver.NOW));
    session.start(Driver.TLS_CHANNEL);
    return session;
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
