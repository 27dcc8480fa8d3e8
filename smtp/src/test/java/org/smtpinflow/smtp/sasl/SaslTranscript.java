// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.sasl;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.smtpinflow.api.Client;

/** An exchange as the client of a test sees it. NUL is written as {@code |}, 01 as {@code ^}. */
public final class SaslTranscript {

  private final SaslExchange exchange;

  private SaslTranscript(SaslExchange exchange) {
    this.exchange = exchange;
  }

  public static SaslTranscript begin(SaslMechanism mechanism) {
    return begin(mechanism, TestChannel.plain());
  }

  public static SaslTranscript begin(SaslMechanism mechanism, SecureChannel channel) {
    return new SaslTranscript(mechanism.begin(channel));
  }

  public SaslOutcome silence() {
    return exchange.next(Optional.empty());
  }

  public SaslOutcome say(String text) {
    return say(text.replace('|', '\0').replace('^', '\u0001').getBytes(StandardCharsets.UTF_8));
  }

  public SaslOutcome say(byte[] octets) {
    return exchange.next(Optional.of(octets));
  }

  /** Sends a response that is answered by a challenge, and returns the challenge. */
  public String ask(String text) {
    return challenge(say(text));
  }

  public static String challenge(SaslOutcome outcome) {
    assertThat(outcome).isInstanceOf(SaslOutcome.Challenge.class);
    return ((SaslOutcome.Challenge) outcome).text();
  }

  public static SaslOutcome accepted(String name, String... groups) {
    return new SaslOutcome.Accepted(new Client.Identity(name, java.util.Set.of(groups)));
  }

  public static SaslOutcome refused() {
    return new SaslOutcome.Refused();
  }

  /** Sends a response that is refused in a last challenge, and returns the challenge. */
  public String refusal(String text) {
    return refusal(say(text));
  }

  public static String refusal(SaslOutcome outcome) {
    assertThat(outcome).isInstanceOf(SaslOutcome.LastChallenge.class);
    assertThat(outcome.verdict()).contains(new SaslOutcome.Refused());
    return ((SaslOutcome.LastChallenge) outcome).text();
  }

  /** A refusal that the mechanism sends in a last challenge. */
  public static SaslOutcome refusedWith(String text) {
    return new SaslOutcome.LastChallenge(new SaslOutcome.Refused(), text);
  }

  public static void assertMalformed(SaslOutcome outcome) {
    assertThat(outcome).isInstanceOf(SaslOutcome.Malformed.class);
  }
}
