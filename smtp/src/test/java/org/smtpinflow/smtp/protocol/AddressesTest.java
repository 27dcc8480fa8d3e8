// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.smtpinflow.api.ForwardPath;
import org.smtpinflow.api.ReversePath;

/** Paths in MAIL and RCPT (RFC 5321, sections 3.3, 3.6.1, 4.1.2 and 4.5.3.1). */
class AddressesTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "<b@example.com> | <b@example.com>",
        "<B.c+d@EXAMPLE.com> | <B.c+d@EXAMPLE.com>",
        "<\"two words\"@example.com> | <\"two words\"@example.com>",
        "<\"a>b\"@example.com> | <\"a>b\"@example.com>",
        "<\"a\\\">b\"@example.com> | <\"a\\\">b\"@example.com>",
        "<\"needless\"@example.com> | <needless@example.com>",
        "<b@[192.0.2.1]> | <b@[192.0.2.1]>",
        "<b@[IPv6:2001:db8::1]> | <b@[IPv6:2001:db8::1]>",
        "<@one.example:b@example.com> | <b@example.com>",
        "<@one.example,@two.example:b@example.com> | <b@example.com>",
        "<@one.example:\"x:y\"@example.com> | <\"x:y\"@example.com>",
        "<Postmaster> | <Postmaster>",
        "<pOSTMASTER> | <Postmaster>",
        "<postmaster@example.com> | <postmaster@example.com>",
      })
  void forwardPathsThatAreTaken(String sent, String taken) {
    var outcome =
        Transcript.playAfterEhlo(
            """
            C: MAIL FROM:<a@example.org>
            S: 250 2.1.0 *
            C: RCPT TO:PATH
            S: 250 2.1.5 *
            """
                .replace("PATH", sent));
    assertThat(outcome.recipients()).extracting(r -> r.path().toString()).containsExactly(taken);
  }

  @Test
  void postmasterNeedsNoDomain() {
    var outcome =
        Transcript.playAfterEhlo(
            """
            C: MAIL FROM:<a@example.org>
            C: RCPT TO:<Postmaster>
            S: 250 2.1.0 *
            S: 250 2.1.5 *
            """);
    assertThat(outcome.recipients().get(0).path()).isEqualTo(ForwardPath.POSTMASTER);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<>",
        "<b>",
        "<@example.com>",
        "<b@>",
        "<b c@example.com>",
        "<.b@example.com>",
        "<b..c@example.com>",
        "<b@example..com>",
        "<b@-example.com>",
        "<b@[192.0.2.256]>",
        "<b@[192.0.2.1>",
        "<@one.example>",
        "<@one.example b@example.com>",
        "<@one.example,two.example:b@example.com>",
        "<@one..example:b@example.com>",
        "<@one.example:>",
        "<@one.example:Postmaster>",
        "<\"b\\é\"@example.com>",
      })
  void forwardPathsThatAreRefused(String path) {
    Transcript.playAfterEhlo(
        """
        C: MAIL FROM:<a@example.org> SMTPUTF8
        S: 250 2.1.0 *
        C: RCPT TO:PATH
        S: 501 5.1.3 Bad forward-path: *
        C: RCPT TO:<b@example.com>
        S: 250 2.1.5 *
        """
            .replace("PATH", path));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "b@example.com",
        "<b@example.com",
        "<\"b>@example.com>",
        "<b@example.com>NOTIFY=NEVER",
        "<b@example.com>>",
        "Bob <b@example.com>",
      })
  void whatIsNoPathAtAll(String path) {
    Transcript.playAfterEhlo(
        """
        C: MAIL FROM:<a@example.org>
        S: 250 2.1.0 *
        C: RCPT TO:PATH
        S: 501 5.5.4 *
        """
            .replace("PATH", path));
  }

  @Test
  void theKeywordBeforeThePathMustBeThere() {
    Transcript.playAfterEhlo(
        """
        C: MAIL <a@example.org>
        S: 501 5.5.4 The command needs FROM:<address>
        C: MAIL TO:<a@example.org>
        S: 501 5.5.4 The command needs FROM:<address>
        C: MAIL
        S: 501 5.5.4 The command needs FROM:<address>
        C: MAIL FROM:<a@example.org>
        S: 250 2.1.0 *
        C: RCPT FROM:<b@example.com>
        S: 501 5.5.4 The command needs TO:<address>
        """);
  }

  @Test
  void aSpaceAfterTheColonIsLetPass() {
    Transcript.playAfterEhlo(
        """
        C: MAIL FROM: <a@example.org>
        S: 250 2.1.0 *
        C: RCPT TO: <b@example.com>
        S: 250 2.1.5 *
        """);
  }

  @Test
  void theReversePathMayBeNull() {
    var outcome =
        Transcript.playAfterEhlo(
            """
            C: MAIL FROM:<>
            C: RCPT TO:<b@example.com>
            C: DATA
            S: 250 2.1.0 *
            S: 250 2.1.5 *
            S: 354 *
            C: .
            S: 250 2.0.0 Accepted
            """);
    assertThat(outcome.onlyMessage().envelope().reversePath()).isEqualTo(ReversePath.NULL);
  }

  @ParameterizedTest
  @ValueSource(strings = {"<a>", "<Postmaster>", "<@>", "<a@b@c>"})
  void reversePathsThatAreRefused(String path) {
    Transcript.playAfterEhlo(
        """
        C: MAIL FROM:PATH
        S: 501 5.1.7 Bad reverse-path: *
        """
            .replace("PATH", path));
  }

  @Test
  void aLocalPartMayHave64Octets() {
    Transcript.playAfterEhlo(
        """
        C: MAIL FROM:<LONGEST@example.org>
        C: RCPT TO:<LONGEST@example.com>
        S: 250 2.1.0 *
        S: 250 2.1.5 *
        C: RCPT TO:<LONGESTx@example.com>
        S: 501 5.1.3 Bad forward-path: local part is longer than 64 octets
        """
            .replace("LONGEST", "x".repeat(64)));
  }

  @Test
  void aPathMayHave256Octets() {
    int rest = 256 - "<b@>".length() - 3 * 64;
    String domain = ("x".repeat(63) + ".").repeat(3) + "x".repeat(rest);
    Transcript.playAfterEhlo(
        """
        C: MAIL FROM:<a@LONGEST>
        C: RCPT TO:<b@LONGEST>
        S: 250 2.1.0 *
        S: 250 2.1.5 *
        C: RCPT TO:<bb@LONGEST>
        S: 501 5.1.3 Bad forward-path: path is longer than 256 octets
        """
            .replace("LONGEST", domain));
  }
}
