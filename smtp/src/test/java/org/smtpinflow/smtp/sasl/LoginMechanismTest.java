// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.sasl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.smtpinflow.smtp.sasl.SaslTranscript.accepted;
import static org.smtpinflow.smtp.sasl.SaslTranscript.assertMalformed;
import static org.smtpinflow.smtp.sasl.SaslTranscript.refused;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** LOGIN as in draft-murchison-sasl-login-00. */
class LoginMechanismTest {

  private final TestPasswords passwords = new TestPasswords(Map.of("tim", "tanstaaf"));
  private final SaslTranscript dialogue = SaslTranscript.begin(new LoginMechanism(passwords));

  @Test
  void asksForNameAndPassword() {
    assertThat(dialogue.silence()).isEqualTo(new SaslOutcome.Challenge("Username:"));
    assertThat(dialogue.ask("tim")).isEqualTo("Password:");
    assertThat(dialogue.say("tanstaaf")).isEqualTo(accepted("tim", "agent"));
  }

  @Test
  void takesTheInitialResponseForTheName() {
    assertThat(dialogue.ask("tim")).isEqualTo("Password:");
    assertThat(dialogue.say("tanstaaf")).isEqualTo(accepted("tim", "agent"));
  }

  @Test
  void refusesAWrongPasswordAndAnUnknownUserAtTheSamePoint() {
    dialogue.ask("tim");
    assertThat(dialogue.say("wrong")).isEqualTo(refused());
    SaslTranscript other = SaslTranscript.begin(new LoginMechanism(passwords));
    assertThat(other.ask("nobody")).isEqualTo("Password:");
    assertThat(other.say("wrong")).isEqualTo(refused());
  }

  @Test
  void demandsAName() {
    assertMalformed(dialogue.say(""));
  }

  @Test
  void demandsAPassword() {
    dialogue.ask("tim");
    assertMalformed(dialogue.say(""));
    assertThat(passwords.asked).isEmpty();
  }

  @Test
  void readsOnlyUtf8() {
    assertMalformed(dialogue.say(new byte[] {(byte) 0xff}));
    SaslTranscript other = SaslTranscript.begin(new LoginMechanism(passwords));
    other.ask("tim");
    assertMalformed(other.say(new byte[] {(byte) 0xff}));
  }

  @Test
  void refusesANameWithANul() {
    dialogue.ask("ti|m");
    assertThat(dialogue.say("tanstaaf")).isEqualTo(refused());
  }

  @Test
  void clearsEveryCopyOfThePassword() {
    dialogue.ask("tim");
    byte[] response = "tanstaaf".getBytes(StandardCharsets.UTF_8);
    dialogue.say(response);
    assertThat(response).containsOnly(0);
    assertThat(passwords.shown)
        .singleElement()
        .satisfies(array -> assertThat(array).containsOnly('\0'));
  }
}
