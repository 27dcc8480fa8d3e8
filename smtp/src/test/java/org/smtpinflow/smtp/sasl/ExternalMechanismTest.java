// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.sasl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.smtpinflow.smtp.sasl.SaslTranscript.accepted;
import static org.smtpinflow.smtp.sasl.SaslTranscript.assertMalformed;
import static org.smtpinflow.smtp.sasl.SaslTranscript.refused;

import java.security.cert.X509Certificate;
import org.junit.jupiter.api.Test;

/** EXTERNAL as in RFC 4422, appendix A. */
class ExternalMechanismTest {

  private final SaslMechanism external = new ExternalMechanism();

  private SaslOutcome say(X509Certificate certificate, String authzid) {
    return SaslTranscript.begin(external, TestChannel.ofClient(certificate)).say(authzid);
  }

  @Test
  void isOfferedIfTheCertificateIdentifiesAUser() throws Exception {
    assertThat(external.isOfferedOn(TestChannel.plain())).isFalse();
    assertThat(external.isOfferedOn(TestChannel.ofClient(TestCertificates.of("CN=demo")))).isTrue();
    assertThat(external.isOfferedOn(TestChannel.ofClient(TestCertificates.of("O=Example"))))
        .isFalse();
  }

  @Test
  void isRefusedWithoutSuchACertificate() {
    assertThat(SaslTranscript.begin(external).say("demo")).isEqualTo(refused());
  }

  @Test
  void acceptsTheUserOfTheCertificate() throws Exception {
    X509Certificate certificate = TestCertificates.of("CN=demo, O=Example");
    assertThat(say(certificate, "")).isEqualTo(accepted("demo"));
    assertThat(say(certificate, "demo")).isEqualTo(accepted("demo"));
    assertThat(say(certificate, "root")).isEqualTo(refused());
  }

  @Test
  void asksForTheAuthorizationIdentity() throws Exception {
    SaslTranscript dialogue =
        SaslTranscript.begin(external, TestChannel.ofClient(TestCertificates.of("CN=demo")));
    assertThat(dialogue.silence()).isEqualTo(new SaslOutcome.Challenge(""));
    assertThat(dialogue.say("")).isEqualTo(accepted("demo"));
  }

  @Test
  void prefersTheMailAddress() throws Exception {
    X509Certificate certificate =
        TestCertificates.of("CN=demo", "-ext", "san=email:demo@example.org,dns:example.org");
    assertThat(say(certificate, "")).isEqualTo(accepted("demo@example.org"));
    assertThat(say(certificate, "demo")).isEqualTo(refused());
  }

  @Test
  void takesTheCommonNameOfACertificateWithSeveralMailAddresses() throws Exception {
    X509Certificate certificate =
        TestCertificates.of("CN=demo", "-ext", "san=email:a@example.org,email:b@example.org");
    assertThat(say(certificate, "")).isEqualTo(accepted("demo"));
  }

  @Test
  void ignoresSeveralCommonNames() throws Exception {
    assertThat(CertificateIdentity.of(TestCertificates.of("CN=demo, CN=root, O=Example")))
        .isEmpty();
    assertThat(CertificateIdentity.of(TestCertificates.of("CN=demo+CN=root, O=Example"))).isEmpty();
  }

  @Test
  void readsACommonNameWithEscapedCharacters() throws Exception {
    assertThat(CertificateIdentity.of(TestCertificates.of("CN=\"Doe, Jane + CN=root\", O=Example")))
        .contains("Doe, Jane + CN=root");
  }

  @Test
  void readsWellFormedResponses() throws Exception {
    X509Certificate certificate = TestCertificates.of("CN=demo");
    assertMalformed(say(certificate, "de|mo"));
    assertMalformed(
        SaslTranscript.begin(external, TestChannel.ofClient(certificate))
            .say(new byte[] {(byte) 0x80}));
  }
}
