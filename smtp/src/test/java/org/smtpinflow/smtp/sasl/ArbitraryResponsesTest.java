// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.sasl;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.smtpinflow.smtp.sasl.credentials.CredentialsFile;
import org.smtpinflow.smtp.sasl.scram.ScramMechanisms;
import org.smtpinflow.smtp.sasl.scram.ScramVerifier;

/** A client without a valid secret always gets an outcome, and never a success. */
class ArbitraryResponsesTest {

  private static final int MAX_STEPS = 5;

  private static Path directory;
  private static List<SaslMechanism> mechanisms;
  private static SecureChannel channel;

  @BeforeContainer
  static void makeMechanisms() throws Exception {
    directory = Files.createTempDirectory("sasl");
    Path credentials = directory.resolve("credentials");
    Files.writeString(
        credentials,
        "user::" + ScramVerifier.of("pencil".toCharArray(), new byte[16], 4096).format() + "\n");
    Path keys = directory.resolve("keys");
    Files.writeString(keys, new TestIssuer("own").keys());
    mechanisms = mechanisms(CredentialsFile.at(credentials), keys.toUri());
    X509Certificate certificate = TestCertificates.of("CN=mx.example.org");
    channel = TestChannel.ofServer(certificate);
  }

  private static List<SaslMechanism> mechanisms(CredentialsFile file, URI keys) {
    return SaslMechanisms.of(
        new SaslConfig(
            List.of(
                "EXTERNAL",
                "SCRAM-SHA-256-PLUS",
                "SCRAM-SHA-256",
                "OAUTHBEARER",
                "XOAUTH2",
                "PLAIN",
                "LOGIN"),
            Optional.of(new TestPasswords(Map.of())),
            Optional.of(ScramMechanisms.of(file)),
            Optional.of(
                new OauthConfig(TestIssuer.ISSUER, TestIssuer.AUDIENCE, keys, "sub", "groups"))));
  }

  @AfterContainer
  static void deleteFiles() throws Exception {
    Files.delete(directory.resolve("credentials"));
    Files.delete(directory.resolve("keys"));
    Files.delete(directory);
  }

  @Property(tries = 500)
  void neverThrowNorSucceed(@ForAll("responses") List<Optional<byte[]>> responses) {
    for (SaslMechanism mechanism : mechanisms) {
      SaslExchange exchange = mechanism.begin(channel);
      for (Optional<byte[]> response : responses) {
        SaslOutcome outcome = exchange.next(response.map(byte[]::clone));
        assertThat(outcome).as(mechanism.name()).isNotInstanceOf(SaslOutcome.Unavailable.class);
        assertThat(outcome.verdict().filter(SaslOutcome.Accepted.class::isInstance))
            .as(mechanism.name())
            .isEmpty();
        if (!(outcome instanceof SaslOutcome.Challenge)) {
          break;
        }
      }
    }
  }

  @Provide
  Arbitrary<List<Optional<byte[]>>> responses() {
    return Arbitraries.oneOf(noise(), nearlyRight())
        .optional(0.9)
        .list()
        .ofMinSize(1)
        .ofMaxSize(MAX_STEPS);
  }

  private static Arbitrary<byte[]> noise() {
    return Arbitraries.bytes().array(byte[].class).ofMaxSize(200);
  }

  /** Pieces of valid messages in any order, which get further than random octets. */
  private static Arbitrary<byte[]> nearlyRight() {
    return Arbitraries.of(
            "n,,",
            "y,,",
            "p=tls-server-end-point,,",
            "n,a=user,",
            "n=user",
            ",r=abc",
            "c=biws",
            ",p=",
            "AAAA",
            "=2C",
            "=",
            "\0",
            "\0user",
            "\0pencil",
            "\u0001",
            "user=user\u0001",
            "auth=Bearer ",
            "eyJhbGciOiJub25lIn0.eyJzdWIiOiJ1c2VyIn0.",
            "\u0001\u0001",
            "\u00ad",
            "\u0627",
            "\ufffe",
            ",m=x",
            ",x=y")
        .list()
        .ofMaxSize(8)
        .map(pieces -> String.join("", pieces).getBytes(StandardCharsets.UTF_8));
  }
}
