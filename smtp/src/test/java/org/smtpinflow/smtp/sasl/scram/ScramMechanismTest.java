// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.sasl.scram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.smtpinflow.smtp.sasl.SaslTranscript.accepted;
import static org.smtpinflow.smtp.sasl.SaslTranscript.assertMalformed;
import static org.smtpinflow.smtp.sasl.SaslTranscript.challenge;
import static org.smtpinflow.smtp.sasl.SaslTranscript.refused;
import static org.smtpinflow.smtp.sasl.SaslTranscript.refusedWith;

import com.ongres.scram.client.ScramClient;
import com.ongres.scram.common.exception.ScramServerErrorException;
import com.ongres.scram.common.util.TlsServerEndpoint;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.smtpinflow.api.Client;
import org.smtpinflow.smtp.sasl.SaslMechanism;
import org.smtpinflow.smtp.sasl.SaslOutcome;
import org.smtpinflow.smtp.sasl.SaslTranscript;
import org.smtpinflow.smtp.sasl.SecureChannel;
import org.smtpinflow.smtp.sasl.TestCertificates;
import org.smtpinflow.smtp.sasl.TestChannel;
import org.smtpinflow.smtp.sasl.credentials.CredentialsFile;

/** SCRAM as in RFC 5802 and RFC 7677. */
class ScramMechanismTest {

  // RFC 7677, section 3.
  private static final String CLIENT_FIRST = "n,,n=user,r=rOprNGfwEbeRWgbNEkqO";
  private static final String SERVER_NONCE = "%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0";
  private static final String SERVER_FIRST =
      "r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096";
  private static final String CLIENT_FINAL =
      "c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,"
          + "p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=";
  private static final String SERVER_FINAL = "v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=";

  private static X509Certificate server;
  private static X509Certificate other;

  @TempDir private Path directory;
  private CredentialsFile file;

  @BeforeAll
  static void makeCertificates() throws Exception {
    server = TestCertificates.of("CN=mx.example.org");
    other = TestCertificates.of("CN=mx.example.org");
  }

  @BeforeEach
  void writeCredentials() throws Exception {
    byte[] salt = Base64.getDecoder().decode("W22ZaJ0SNY7soEsUEjb6gQ==");
    Path path = directory.resolve("credentials");
    Files.writeString(
        path,
        "user:agent,admin:"
            + ScramVerifier.of("pencil".toCharArray(), salt, 4096).format()
            + "\n"
            + "IX::"
            + ScramVerifier.of("a b".toCharArray(), salt, 4096).format()
            + "\n"
            + "a=b,c::"
            + ScramVerifier.of("x".toCharArray(), salt, 4096).format()
            + "\n");
    file = CredentialsFile.at(path);
  }

  private SaslMechanism example() {
    return ScramMechanism.unbound(file, true, () -> SERVER_NONCE);
  }

  private SaslMechanism unbound() {
    return ScramMechanism.unbound(file, true);
  }

  @Test
  void followsTheExampleOfTheRfc() {
    SaslTranscript dialogue = SaslTranscript.begin(example());
    assertThat(dialogue.silence()).isEqualTo(new SaslOutcome.Challenge(""));
    assertThat(dialogue.ask(CLIENT_FIRST)).isEqualTo(SERVER_FIRST);
    assertThat(dialogue.say(CLIENT_FINAL))
        .isEqualTo(
            new SaslOutcome.LastChallenge(
                new SaslOutcome.Accepted(new Client.Identity("user", Set.of("agent", "admin"))),
                SERVER_FINAL));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,p=eHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=",
        "c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,p=dHzb"
      })
  void reportsAWrongProofAndThenRefuses(String last) {
    SaslTranscript dialogue = SaslTranscript.begin(example());
    dialogue.ask(CLIENT_FIRST);
    assertThat(dialogue.say(last)).isEqualTo(refusedWith("e=invalid-proof"));
  }

  @Test
  void refusesAnotherNonce() {
    SaslTranscript dialogue = SaslTranscript.begin(example());
    dialogue.ask(CLIENT_FIRST);
    assertThat(dialogue.say(CLIENT_FINAL.replace("hNlF$k0", "hNlF$k1")))
        .isEqualTo(refusedWith("e=other-error"));
  }

  /** {@code eSws} is {@code y,,}: an attacker has changed the header in transit. */
  @Test
  void refusesAChangedHeader() {
    SaslTranscript dialogue = SaslTranscript.begin(example());
    dialogue.ask(CLIENT_FIRST);
    assertThat(dialogue.say(CLIENT_FINAL.replace("c=biws", "c=eSws")))
        .isEqualTo(refusedWith("e=channel-bindings-dont-match"));
  }

  @Test
  void usesANewNonceEachTime() {
    assertThat(SaslTranscript.begin(unbound()).ask(CLIENT_FIRST))
        .startsWith("r=rOprNGfwEbeRWgbNEkqO")
        .isNotEqualTo(SaslTranscript.begin(unbound()).ask(CLIENT_FIRST));
  }

  /** Runs an exchange with the client of another implementation and returns the verdict. */
  private static SaslOutcome run(SaslMechanism mechanism, SecureChannel channel, ScramClient client)
      throws Exception {
    SaslTranscript dialogue = SaslTranscript.begin(mechanism, channel);
    SaslOutcome first = dialogue.say(utf8(client.clientFirstMessage().toString()));
    if (first.equals(refused())) {
      return first;
    }
    client.serverFirstMessage(challenge(first));
    SaslOutcome.LastChallenge last =
        (SaslOutcome.LastChallenge) dialogue.say(utf8(client.clientFinalMessage().toString()));
    try {
      client.serverFinalMessage(last.text());
      assertThat(last.reached()).isInstanceOf(SaslOutcome.Accepted.class);
    } catch (ScramServerErrorException e) {
      assertThat(last.reached()).isEqualTo(refused());
    }
    return last.reached();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static ScramClient client(String user, String password) {
    return ScramClient.builder()
        .advertisedMechanisms(List.of("SCRAM-SHA-256"))
        .username(user)
        .password(password.toCharArray())
        .build();
  }

  private static ScramClient boundClient(X509Certificate certificate) throws Exception {
    return ScramClient.builder()
        .advertisedMechanisms(List.of("SCRAM-SHA-256", "SCRAM-SHA-256-PLUS"))
        .username("user")
        .password("pencil".toCharArray())
        .channelBinding(
            TlsServerEndpoint.TLS_SERVER_END_POINT,
            TlsServerEndpoint.getChannelBindingData(certificate))
        .build();
  }

  @Test
  void understandsAClient() throws Exception {
    SecureChannel channel = TestChannel.plain();
    assertThat(run(unbound(), channel, client("user", "pencil")))
        .isEqualTo(accepted("user", "agent", "admin"));
    assertThat(run(unbound(), channel, client("user", "pencils"))).isEqualTo(refused());
    assertThat(run(unbound(), channel, client("nobody", "pencil"))).isEqualTo(refused());
    assertThat(run(unbound(), channel, client("\u2168", "a\u00a0b"))).isEqualTo(accepted("IX"));
    assertThat(run(unbound(), channel, client("a=b,c", "x"))).isEqualTo(accepted("a=b,c"));
  }

  @Test
  void understandsAClientThatBindsToTheChannel() throws Exception {
    SaslMechanism bound = ScramMechanism.bound(file);
    assertThat(run(bound, TestChannel.ofServer(server), boundClient(server)))
        .isEqualTo(accepted("user", "agent", "admin"));
  }

  @Test
  void refusesAClientThatIsBoundToAnotherChannel() throws Exception {
    SaslMechanism bound = ScramMechanism.bound(file);
    ScramClient client = boundClient(other);
    SaslTranscript dialogue = SaslTranscript.begin(bound, TestChannel.ofServer(server));
    client.serverFirstMessage(
        challenge(dialogue.say(utf8(client.clientFirstMessage().toString()))));
    assertThat(dialogue.say(utf8(client.clientFinalMessage().toString())))
        .isEqualTo(refusedWith("e=channel-bindings-dont-match"));
  }

  @Test
  void bindsOnlyToAChannelWhoseCertificateItKnows() {
    SaslMechanism bound = ScramMechanism.bound(file);
    assertThat(bound.isOfferedOn(TestChannel.plain())).isFalse();
    assertThat(bound.isOfferedOn(TestChannel.ofServer(server))).isTrue();
    assertThat(unbound().isOfferedOn(TestChannel.plain())).isTrue();
  }

  @Test
  void detectsThatItsOfferOfChannelBindingWasRemoved() {
    String y = "y,,n=user,r=rOprNGfwEbeRWgbNEkqO";
    SecureChannel channel = TestChannel.ofServer(server);
    assertThat(SaslTranscript.begin(unbound(), channel).say(y)).isEqualTo(refused());
    // If channel binding was not offered, nothing was removed.
    assertThat(SaslTranscript.begin(unbound()).ask(y)).startsWith("r=");
    assertThat(SaslTranscript.begin(ScramMechanism.unbound(file, false), channel).ask(y))
        .startsWith("r=");
    assertThat(SaslTranscript.begin(unbound(), channel).ask(CLIENT_FIRST)).startsWith("r=");
  }

  @ParameterizedTest
  @ValueSource(strings = {"n,,n=user,r=abc", "y,,n=user,r=abc", "p=tls-unique,,n=user,r=abc"})
  void refusesChannelBindingWithoutATypeOrOfAnotherType(String first) {
    assertThat(
            SaslTranscript.begin(ScramMechanism.bound(file), TestChannel.ofServer(server))
                .say(first))
        .isEqualTo(refused());
  }

  @Test
  void refusesABindingThatTheMechanismDoesNotHave() {
    assertThat(
            SaslTranscript.begin(unbound(), TestChannel.ofServer(server))
                .say("p=tls-server-end-point,,n=user,r=abc"))
        .isEqualTo(refused());
  }

  @Test
  void refusesToActForAnotherUser() {
    assertThat(SaslTranscript.begin(unbound()).say("n,a=root,n=user,r=abc")).isEqualTo(refused());
    assertThat(SaslTranscript.begin(unbound()).ask("n,a=user,n=user,r=abc")).startsWith("r=");
    assertThat(SaslTranscript.begin(unbound()).ask("n,a=a=3Db=2Cc,n=a=3Db=2Cc,r=abc"))
        .startsWith("r=");
  }

  @Test
  void doesNotRevealUnknownUsers() {
    String first = "n,,n=nobody,r=rOprNGfwEbeRWgbNEkqO";
    SaslTranscript dialogue = SaslTranscript.begin(example());
    String challenge = dialogue.ask(first);
    assertThat(challenge)
        .matches(
            "r=rOprNGfwEbeRWgbNEkqO"
                + java.util.regex.Pattern.quote(SERVER_NONCE)
                + ",s=[A-Za-z0-9+/]{22}==,i=4096");
    assertThat(SaslTranscript.begin(example()).ask(first)).isEqualTo(challenge);
    assertThat(SaslTranscript.begin(example()).ask("n,,n=nobody2,r=rOprNGfwEbeRWgbNEkqO"))
        .isNotEqualTo(challenge);
    assertThat(dialogue.say(CLIENT_FINAL)).isEqualTo(refusedWith("e=invalid-proof"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "n",
        "n,,",
        "n,,n=user",
        "n,,n=,r=abc",
        "n,,n=user,r=",
        "n,,r=abc,n=user",
        "x,,n=user,r=abc",
        "p,,n=user,r=abc",
        "p=,,n=user,r=abc",
        "n=a,,n=user,r=abc",
        "n,user,n=user,r=abc",
        "n,a=,n=user,r=abc",
        "n,,n=us=er,r=abc",
        "n,,n=user=2,r=abc",
        "n,,n=user=2c,r=abc",
        "n,,n=user,r=a bc",
        "n,,n=user,r=abc,",
        "n,,n=user,r=abc,x",
        "n,,n=us|er,r=abc",
        "n,,m=ext,n=user,r=abc",
        "n,a=user,m=ext,n=user,r=abc"
      })
  void refusesAMalformedFirstMessage(String first) {
    assertMalformed(SaslTranscript.begin(unbound()).say(first));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "c=biws",
        "c=biws,r=abc",
        "c=,r=abc,p=AAAA",
        "c=biws,r=abc,p=",
        "c=biws,p=AAAA,r=abc",
        "r=abc,c=biws,p=AAAA",
        "c=b*ws,r=abc,p=AAAA",
        "c=biw=s,r=abc,p=AAAA",
        "c=biws,r=abc,p=A",
        "c=biws,r=abc,p=AAAA,x=y"
      })
  void refusesAMalformedFinalMessage(String last) {
    SaslTranscript dialogue = SaslTranscript.begin(example());
    dialogue.ask(CLIENT_FIRST);
    assertMalformed(dialogue.say(last));
  }

  @Test
  void signsOptionalExtensions() {
    SaslTranscript dialogue = SaslTranscript.begin(unbound());
    assertThat(dialogue.ask("n,,n=user,r=abc,x=y")).startsWith("r=abc");
  }

  @Test
  void readsAMessageOfAnyLengthOnASmallStack() throws Exception {
    String first = "n,,n=user,r=abc" + ",x=y".repeat(50_000);
    StringBuilder found = new StringBuilder();
    Thread thread =
        new Thread(
            null,
            () -> {
              SaslTranscript dialogue = SaslTranscript.begin(unbound());
              found.append(dialogue.ask(first), 0, 5);
              assertMalformed(dialogue.say("c=biws,r=abc" + ",x=y".repeat(50_000)));
              found.append(" read");
            },
            "small stack",
            128 * 1024);
    thread.start();
    thread.join();
    assertThat(found).hasToString("r=abc read");
  }

  @Test
  void refusesANameThatPreparationDoesNotAllow() {
    assertThat(SaslTranscript.begin(unbound()).say("n,,n=\u00ad,r=abc")).isEqualTo(refused());
    assertThat(SaslTranscript.begin(unbound()).say("n,,n=us\u0007er,r=abc")).isEqualTo(refused());
  }

  @Test
  void revealsNothingOfTheMessagesInToString() throws Exception {
    assertThat(ClientFirstMessage.parse(utf8("n,,n=demo,r=abc"))).hasToString("ClientFirstMessage");
    assertThat(ClientFinalMessage.parse(utf8("c=biws,r=abc,p=AAAA")))
        .hasToString("ClientFinalMessage");
  }

  @Test
  void isUnavailableWithoutAFile() {
    SaslMechanism mechanism =
        ScramMechanism.unbound(CredentialsFile.at(directory.resolve("none")), false);
    assertThat(SaslTranscript.begin(mechanism).say(CLIENT_FIRST))
        .isEqualTo(new SaslOutcome.Unavailable());
  }
}
