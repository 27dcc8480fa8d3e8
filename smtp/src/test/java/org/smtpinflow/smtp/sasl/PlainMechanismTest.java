// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.sasl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.smtpinflow.smtp.sasl.SaslTranscript.accepted;
import static org.smtpinflow.smtp.sasl.SaslTranscript.assertMalformed;
import static org.smtpinflow.smtp.sasl.SaslTranscript.refused;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.NameCallback;
import javax.security.auth.callback.PasswordCallback;
import javax.security.sasl.Sasl;
import javax.security.sasl.SaslClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** PLAIN as in RFC 4616. */
class PlainMechanismTest {

  private final TestPasswords passwords =
      new TestPasswords(
          Map.of("tim", "tanstaaftanstaaf", "Kurt", "xipj3plmq", "user", "a b", "IX", "p"));
  private final SaslMechanism plain = new PlainMechanism(passwords);

  private SaslOutcome say(String response) {
    return SaslTranscript.begin(plain).say(response);
  }

  @Test
  void acceptsTheFirstExampleOfTheRfc() {
    assertThat(say("|tim|tanstaaftanstaaf")).isEqualTo(accepted("tim", "agent"));
  }

  @Test
  void refusesTheSecondExampleOfTheRfcWhichActsForAnotherUser() {
    assertThat(say("Ursel|Kurt|xipj3plmq")).isEqualTo(refused());
    assertThat(passwords.asked).isEmpty();
  }

  @Test
  void letsAUserActAsItself() {
    assertThat(say("Kurt|Kurt|xipj3plmq")).isEqualTo(accepted("Kurt", "agent"));
    assertThat(say("I\u00adX|\u2168|p")).isEqualTo(accepted("IX", "agent"));
  }

  @Test
  void asksForTheResponse() {
    SaslTranscript dialogue = SaslTranscript.begin(plain);
    assertThat(dialogue.silence()).isEqualTo(new SaslOutcome.Challenge(""));
    assertThat(dialogue.say("|tim|tanstaaftanstaaf")).isEqualTo(accepted("tim", "agent"));
  }

  @Test
  void refusesAWrongPasswordAsAnUnknownUser() {
    assertThat(say("|tim|wrong")).isEqualTo(refused());
    assertThat(say("|nobody|wrong")).isEqualTo(refused());
    assertThat(passwords.asked).containsExactly("tim", "nobody");
  }

  /** RFC 4013: a non-ASCII space becomes an ASCII space, and a soft hyphen is removed. */
  @Test
  void preparesNameAndPassword() {
    assertThat(say("|us\u00ader|a\u00a0b")).isEqualTo(accepted("user", "agent"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"|\u00ad|p", "|tim|\u00ad", "|ti\u0007m|p", "|tim|\u0627a"})
  void refusesTextThatPreparationDoesNotAllow(String response) {
    assertThat(say(response)).isEqualTo(refused());
    assertThat(passwords.asked).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "tim", "tim|x", "|tim", "||", "||x", "a||x", "|tim|", "|tim|x|", "|tim|x|y"})
  void refusesMalformedResponses(String response) {
    assertMalformed(say(response));
    assertThat(passwords.asked).isEmpty();
  }

  @Test
  void refusesResponsesThatAreNotUtf8() {
    for (byte[] bad :
        new byte[][] {
          {0, 'a', 0, (byte) 0xff},
          {0, (byte) 0xc0, (byte) 0x80, 0, 'a'},
          {0, 'a', 0, (byte) 0xe2, (byte) 0x82},
          {(byte) 0xed, (byte) 0xa0, (byte) 0x80, 0, 'a', 0, 'b'}
        }) {
      assertMalformed(SaslTranscript.begin(plain).say(bad));
    }
  }

  @Test
  void clearsEveryCopyOfThePassword() {
    byte[] response = "\0tim\0tanstaaftanstaaf".getBytes(StandardCharsets.UTF_8);
    SaslTranscript.begin(plain).say(response);
    assertThat(response).containsOnly(0);
    assertThat(passwords.shown)
        .singleElement()
        .satisfies(array -> assertThat(array).containsOnly('\0'));
  }

  @Test
  void understandsTheClientOfTheJdk() throws Exception {
    SaslClient client =
        Sasl.createSaslClient(
            new String[] {"PLAIN"}, null, "smtp", "mx.example.org", Map.of(), this::answer);
    assertThat(SaslTranscript.begin(plain).say(client.evaluateChallenge(new byte[0])))
        .isEqualTo(accepted("tim", "agent"));
  }

  private void answer(Callback... callbacks) {
    for (Callback callback : callbacks) {
      if (callback instanceof NameCallback name) {
        name.setName("tim");
      } else if (callback instanceof PasswordCallback password) {
        password.setPassword("tanstaaftanstaaf".toCharArray());
      }
    }
  }

  @Test
  void isUnavailableWhenTheVerifierIs() {
    PasswordVerifier down =
        (user, password) -> {
          throw new AuthenticationUnavailableException("the realm is down", null);
        };
    assertThat(SaslTranscript.begin(new PlainMechanism(down)).say("|tim|x"))
        .isEqualTo(new SaslOutcome.Unavailable());
  }
}
