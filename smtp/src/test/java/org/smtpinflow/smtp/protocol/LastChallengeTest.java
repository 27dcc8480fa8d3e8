// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.protocol;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.smtpinflow.smtp.protocol.SessionConfig.Authentication;
import org.smtpinflow.smtp.protocol.SessionConfig.Service;
import org.smtpinflow.smtp.protocol.SessionConfig.TlsPolicy;

/** A mechanism that sends its verdict in a challenge, which the client acknowledges. */
class LastChallengeTest {

  private static Transcript telling(int maxFailures) {
    Authentication telling =
        new Authentication(List.of(TestMechanism.TELLING), false, maxFailures, false);
    return Transcript.with(Transcript.config().with(Service.SMTP, TlsPolicy.IMPLICIT, telling));
  }

  @Test
  void aSuccessToldInAChallengeIsAcknowledgedByAnEmptyResponse() {
    telling(3)
        .runAfterEhlo(
            """
            C: AUTH TELLING AGRlbW8Ac2VjcmV0
            S: 334 YWNjZXB0ZWQ=
            C:
            S: 235 2.7.0 Authentication succeeded
            """);
  }

  @Test
  void aSuccessToldInAChallengeIsNoneWithoutTheAcknowledgement() {
    telling(3)
        .runAfterEhlo(
            """
            C: AUTH TELLING AGRlbW8Ac2VjcmV0
            S: 334 YWNjZXB0ZWQ=
            C: *
            S: 501 5.7.0 Authentication cancelled by the client
            C: AUTH TELLING AGRlbW8Ac2VjcmV0
            S: 334 YWNjZXB0ZWQ=
            C: bW9yZQ==
            S: 501 5.5.2 The last response must be empty
            C: AUTH TELLING AGRlbW8Ac2VjcmV0
            S: 334 YWNjZXB0ZWQ=
            C:
            S: 235 2.7.0 *
            """);
  }

  @Test
  void aRefusalToldInAChallengeIsAFailureWhateverTheClientAnswers() {
    telling(5)
        .runAfterEhlo(
            """
            C: AUTH TELLING AGRlbW8Ad3Jvbmc=
            S: 334 cmVmdXNlZA==
            C:
            S: 535 5.7.8 Authentication credentials invalid
            C: AUTH TELLING AGRlbW8Ad3Jvbmc=
            S: 334 cmVmdXNlZA==
            C: QUIT
            S: 535 5.7.8 Authentication credentials invalid
            C: AUTH TELLING AGRlbW8Ad3Jvbmc=
            S: 334 cmVmdXNlZA==
            C: *
            S: 501 5.7.0 Authentication cancelled by the client
            C: AUTH TELLING AGRlbW8Ad3Jvbmc=
            S: 334 cmVmdXNlZA==
            C: not base64
            S: 501 5.5.2 Response is not base64
            C: AUTH TELLING AGRlbW8Ad3Jvbmc=
            S: 334 cmVmdXNlZA==
            C: *
            S: 501 5.7.0 Authentication cancelled by the client
            S: 421 4.7.0 Too many failed authentications, closing connection
            (closed)
            """);
  }
}
