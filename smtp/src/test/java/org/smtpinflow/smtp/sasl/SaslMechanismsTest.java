// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.sasl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.smtpinflow.smtp.sasl.credentials.CredentialsFile;
import org.smtpinflow.smtp.sasl.scram.ScramMechanisms;

/** The mechanisms of a configuration. */
class SaslMechanismsTest {

  private static SaslConfig full(String... names) {
    return new SaslConfig(
        List.of(names),
        Optional.of(new TestPasswords(Map.of())),
        Optional.of(ScramMechanisms.of(CredentialsFile.at(Path.of("none")))),
        Optional.of(
            new OauthConfig("issuer", "audience", URI.create("file:/none"), "sub", "groups")));
  }

  private static List<String> names(SaslConfig config) {
    return SaslMechanisms.of(config).stream().map(SaslMechanism::name).toList();
  }

  @Test
  void areOrderedByStrength() {
    assertThat(
            names(
                full(
                    "login",
                    "PLAIN",
                    "XOAUTH2",
                    "oauthbearer",
                    "EXTERNAL",
                    " SCRAM-SHA-256 ",
                    "SCRAM-SHA-256-PLUS")))
        .containsExactly(
            "EXTERNAL",
            "SCRAM-SHA-256-PLUS",
            "SCRAM-SHA-256",
            "OAUTHBEARER",
            "XOAUTH2",
            "PLAIN",
            "LOGIN");
    assertThat(names(full())).isEmpty();
  }

  @Test
  void mustBeKnown() {
    assertThatThrownBy(() -> SaslMechanisms.of(full("PLAIN", "CRAM-MD5")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "authMechanisms: \"CRAM-MD5\" is not one of EXTERNAL, SCRAM-SHA-256-PLUS,"
                + " SCRAM-SHA-256, OAUTHBEARER, XOAUTH2, PLAIN, LOGIN");
  }

  @Test
  void mustHaveASourceOfCredentials() {
    Map<String, String> needs =
        Map.of(
            "PLAIN", "a verifier of passwords",
            "LOGIN", "a verifier of passwords",
            "SCRAM-SHA-256", "credentialsFile",
            "SCRAM-SHA-256-PLUS", "credentialsFile",
            "OAUTHBEARER", "oauthIssuer",
            "XOAUTH2", "oauthIssuer");
    needs.forEach(
        (name, need) ->
            assertThatThrownBy(
                    () ->
                        SaslMechanisms.of(
                            new SaslConfig(
                                List.of(name),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("authMechanisms: " + name + " needs " + need));
  }
}
