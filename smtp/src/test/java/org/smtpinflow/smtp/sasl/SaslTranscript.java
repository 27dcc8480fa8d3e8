// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.sasl;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.smtpinflow.api.Client;

/** An exchange as the client of a test sees it. NUL is written as {@code |}, 01 as {@code ^}. */
final class SaslTranscript {

  private final SaslExchange exchange;

  private SaslTranscript(SaslExchange exchange) {
    this.exchange = exchange;
  }

  static SaslTranscript begin(SaslMechanism mechanism) {
    return begin(mechanism, TestChannel.plain());
  }

  static SaslTranscript begin(SaslMechanism mechanism, SecureChannel channel) {
    return new SaslTranscript(mechanism.begin(channel));
  }

  SaslOutcome silence() {
    return exchange.next(Optional.empty());
  }

  SaslOutcome say(String text) {
    return say(text.replace('|', '\0').replace('^', '\u0001').getBytes(StandardCharsets.UTF_8));
  }

  SaslOutcome say(byte[] octets) {
    return exchange.next(Optional.of(octets));
  }

  /** Says something that is answered by a challenge, and returns that. */
  String ask(String text) {
    return challenge(say(text));
  }

  static String challenge(SaslOutcome outcome) {
    assertThat(outcome).isInstanceOf(SaslOutcome.Challenge.class);
    return ((SaslOutcome.Challenge) outcome).text();
  }

  static SaslOutcome accepted(String name, String... groups) {
    return new SaslOutcome.Accepted(new Client.Identity(name, java.util.Set.of(groups)));
  }

  static SaslOutcome refused() {
    return new SaslOutcome.Refused();
  }

  static void assertMalformed(SaslOutcome outcome) {
    assertThat(outcome).isInstanceOf(SaslOutcome.Malformed.class);
  }
}
