// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.sasl;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.smtpinflow.smtp.sasl.credentials.CredentialsFile;
import org.smtpinflow.smtp.sasl.credentials.CredentialsFileVerifier;
import org.smtpinflow.smtp.sasl.scram.ScramMechanisms;
import org.smtpinflow.smtp.sasl.scram.ScramVerifier;

/** No secret appears in the log at any level, nor in any text that could be logged. */
class SecrecyTest {

  private static final String PASSWORD = "Sekrit-S4uce";
  private static final String DECOY_KEY = "c2Vjcm90LWtleS1vZi10aGUtZmlsZS0wMTIzNDU2Nzg=";

  @TempDir private Path directory;

  private final List<Object> texts = new ArrayList<>();
  private TestIssuer issuer;
  private ScramVerifier verifier;
  private Map<String, SaslMechanism> mechanisms;

  @BeforeEach
  void makeMechanisms() throws Exception {
    issuer = new TestIssuer("own");
    verifier = ScramVerifier.of(PASSWORD.toCharArray(), new byte[16], 4096);
    Files.writeString(
        directory.resolve("credentials"),
        "#decoy-key:" + DECOY_KEY + "\ndemo:agent:" + verifier.format() + "\n");
    Files.writeString(directory.resolve("keys"), issuer.keys());
    mechanisms = mechanisms(CredentialsFile.at(directory.resolve("credentials")));
  }

  private Map<String, SaslMechanism> mechanisms(CredentialsFile file) {
    SaslConfig config =
        new SaslConfig(
            List.of("SCRAM-SHA-256", "OAUTHBEARER", "XOAUTH2", "PLAIN", "LOGIN"),
            Optional.of(new CredentialsFileVerifier(file)),
            Optional.of(ScramMechanisms.of(file)),
            Optional.of(
                new OauthConfig(
                    TestIssuer.ISSUER,
                    TestIssuer.AUDIENCE,
                    directory.resolve("keys").toUri(),
                    "sub",
                    "groups")));
    texts.add(config);
    return SaslMechanisms.of(config).stream()
        .collect(Collectors.toMap(SaslMechanism::name, Function.identity()));
  }

  private void run(String name, String... responses) {
    SaslExchange exchange = mechanisms.get(name).begin(TestChannel.plain());
    for (String response : responses) {
      SaslOutcome outcome =
          exchange.next(
              Optional.of(
                  response
                      .replace('|', '\0')
                      .replace('^', '\u0001')
                      .getBytes(StandardCharsets.UTF_8)));
      texts.add(exchange);
      if (!(outcome instanceof SaslOutcome.Challenge)) {
        outcome.verdict().ifPresent(texts::add);
        return; // a challenge goes to the client, which knows its own secret
      }
    }
  }

  private void runAll(String token) {
    for (String password :
        List.of(PASSWORD, PASSWORD + "|", PASSWORD + "\ud83d\ude00", PASSWORD + "\u0007")) {
      run("PLAIN", "|demo|" + password);
      run("PLAIN", "root|demo|" + password);
      run("PLAIN", "demo|" + password);
      run("PLAIN", "|nobody|" + password);
      run("LOGIN", "demo", password);
      run("LOGIN", "nobody", password);
    }
    run("SCRAM-SHA-256", "n,,n=demo,r=abc", "c=biws,r=abc,p=" + proof());
    run("SCRAM-SHA-256", "n,,n=demo,r=abc", "c=biws,r=abc,q=" + proof(), "");
    for (String response :
        List.of(
            "n,,^auth=Bearer " + token + "^^",
            "n,,^auth=Bearer " + token,
            "n,a=root,^auth=Bearer " + token + "^^")) {
      run("OAUTHBEARER", response, "");
      run("XOAUTH2", response.replaceFirst("n,.*?,", "user=demo"), "");
    }
  }

  private static String proof() {
    return Base64.getEncoder()
        .encodeToString(PASSWORD.repeat(3).substring(0, 32).getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void isNotRevealedByAnyTextOrLogRecord() throws Exception {
    JWTClaimsSet claims = TestIssuer.claims().build();
    List<String> tokens =
        List.of(issuer.rsa(claims), new TestIssuer("own").rsa(claims), TestIssuer.unsigned(claims));
    String log;
    try (CapturedLog captured = new CapturedLog()) {
      tokens.forEach(this::runAll);
      Files.writeString(
          directory.resolve("credentials"),
          "demo:agent:" + verifier.format().replace("$", "%") + "\n");
      Files.delete(directory.resolve("keys"));
      mechanisms = mechanisms(CredentialsFile.at(directory.resolve("credentials")));
      tokens.forEach(this::runAll);
      log = captured.text();
    }
    texts.add(verifier);
    texts.add(
        BearerRequest.oauthbearer(
            ("n,,\1auth=Bearer " + tokens.get(0) + "\1\1").getBytes(StandardCharsets.UTF_8)));
    assertThat(log).contains("cannot be checked now", "Cannot fetch the keys", "line 1");
    for (String text : List.of(log, texts.toString())) {
      assertThat(text).doesNotContain(secrets(tokens));
    }
  }

  private Set<String> secrets(List<String> tokens) {
    Set<String> secrets = new HashSet<>(Set.of(PASSWORD, proof(), DECOY_KEY));
    secrets.addAll(List.of(verifier.format().split("[$:]")).subList(3, 5));
    tokens.forEach(token -> secrets.addAll(List.of(token.split("\\."))));
    return secrets;
  }
}
