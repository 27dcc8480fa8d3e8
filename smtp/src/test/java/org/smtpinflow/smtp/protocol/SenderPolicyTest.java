// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.smtpinflow.api.Client;
import org.smtpinflow.api.Mailbox;
import org.smtpinflow.api.ReversePath;
import org.smtpinflow.smtp.protocol.SessionConfig.Authentication;
import org.smtpinflow.smtp.protocol.SessionConfig.Service;
import org.smtpinflow.smtp.protocol.SessionConfig.TlsPolicy;

/** The reverse-path held against the identity (RFC 6409, section 6.1). */
class SenderPolicyTest {

  private static Transcript submission(boolean senderMustMatch) {
    Authentication authentication =
        new Authentication(List.of(TestMechanism.PLAIN), false, 3, senderMustMatch);
    return Transcript.with(
        Transcript.config().with(Service.SUBMISSION, TlsPolicy.IMPLICIT, authentication));
  }

  @Test
  void aUserSendsAsItselfOnly() {
    submission(true)
        .runAfterEhlo(
            """
            C: AUTH PLAIN AGRlbW8Ac2VjcmV0
            S: 235 2.7.0 *
            C: MAIL FROM:<boss@mx.example.com>
            S: 553 5.7.1 Reverse-path is not the mailbox of the authenticated user
            C: RCPT TO:<b@example.com>
            S: 503 5.5.1 Send MAIL first
            C: MAIL FROM:<demo@example.org>
            S: 553 5.7.1 *
            C: MAIL FROM:<demo@mx.example.com>
            S: 250 2.1.0 *
            C: RSET
            S: 250 2.0.0 OK
            C: MAIL FROM:<>
            S: 250 2.1.0 *
            """);
  }

  @Test
  void unlessTheAdministratorDoesNotMind() {
    submission(false)
        .runAfterEhlo(
            """
            C: AUTH PLAIN AGRlbW8Ac2VjcmV0
            S: 235 2.7.0 *
            C: MAIL FROM:<boss@mx.example.com>
            S: 250 2.1.0 *
            """);
  }

  @Test
  void whoIsNobodyHasNoIdentityToBeHeldAgainst() {
    submission(true)
        .runAfterEhlo(
            """
            C: MAIL FROM:<boss@mx.example.com>
            S: 250 2.1.0 *
            """);
  }

  @ParameterizedTest
  @CsvSource({
    "demo, demo@mx.example.com, true",
    "demo, DEMO@MX.example.com, true",
    "demo, demo@example.com, false",
    "demo, demo2@mx.example.com, false",
    "demo@example.org, demo@example.org, true",
    "Demo@EXAMPLE.org, demo@example.org, true",
    "demo@example.org, demo@mx.example.com, false",
    "demo smith, '\"demo smith\"@mx.example.com', true",
    "demo@example.org@mx.example.com, demo@example.org, false",
    "@, demo@mx.example.com, false",
  })
  void theNameOfTheIdentityIsAMailboxOrALocalPart(String name, String sender, boolean own) {
    assertThat(
            SenderPolicy.isAllowed(
                ReversePath.of(Mailbox.parse(sender)),
                new Client.Identity(name, Set.of()),
                "mx.example.com"))
        .isEqualTo(own);
  }
}
