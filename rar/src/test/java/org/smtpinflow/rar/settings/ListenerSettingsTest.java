// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.rar.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.CertificateBuilder.Algorithm;
import io.netty.pkitesting.X509Bundle;
import jakarta.resource.spi.InvalidPropertyException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.smtpinflow.rar.SmtpResourceAdapter;
import org.smtpinflow.smtp.protocol.SessionConfig.Service;
import org.smtpinflow.smtp.protocol.SessionConfig.TlsPolicy;
import org.smtpinflow.smtp.sasl.SaslMechanism;
import org.smtpinflow.smtp.server.ListenerConfig;
import org.smtpinflow.smtp.server.ServerConfig;
import org.smtpinflow.smtp.tls.KeySource;
import org.smtpinflow.smtp.tls.TlsConfig;

/** The listeners, their TLS and their authentication, as the properties ask for them. */
class ListenerSettingsTest {

  private static final X509Bundle CERTIFICATE = bundle();

  private final SmtpResourceAdapter adapter = new SmtpResourceAdapter();

  @TempDir private Path directory;

  @BeforeEach
  void openEveryListener() {
    adapter.setSubmissionPort("2587");
    adapter.setSubmissionsPort("2465");
    adapter.setLmtpPort("2024");
  }

  private static X509Bundle bundle() {
    try {
      return new CertificateBuilder()
          .subject("CN=mx.example.com")
          .algorithm(Algorithm.ecp256)
          .setIsCertificateAuthority(true)
          .buildSelfSigned();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private ServerConfig server() throws InvalidPropertyException {
    return AdapterSettings.of(adapter, (user, password) -> Optional.empty()).server();
  }

  private ListenerConfig listener(String name) throws InvalidPropertyException {
    return server().listeners().stream().filter(l -> l.name().equals(name)).findFirst().get();
  }

  /** Makes the file that the name asks for: a key, a key store, or otherwise a certificate. */
  private String file(String name) throws IOException, GeneralSecurityException {
    Path file = directory.resolve(name);
    if (name.endsWith(".key") || name.equals("privkey.pem")) {
      Files.writeString(file, CERTIFICATE.getPrivateKeyPEM());
    } else if (name.endsWith(".p12")) {
      try (OutputStream store = Files.newOutputStream(file)) {
        CERTIFICATE.toKeyStore("secret".toCharArray()).store(store, "secret".toCharArray());
      }
    } else {
      Files.writeString(file, CERTIFICATE.getCertificatePathPEM());
    }
    return file.toString();
  }

  private void setCertificate() throws IOException, GeneralSecurityException {
    adapter.setTlsCertificateFile(file("fullchain.pem"));
    adapter.setTlsKeyFile(file("privkey.pem"));
  }

  @Test
  void withoutACertificateListenersThatNeedOneStayClosed() throws Exception {
    assertThat(server().listeners())
        .extracting(ListenerConfig::name)
        .containsExactly("smtp", "lmtp");
    assertThat(server().listeners())
        .extracting(listen -> listen.session().tls())
        .containsOnly(TlsPolicy.NONE);
  }

  @Test
  void withACertificateAllAreOpen() throws Exception {
    setCertificate();
    assertThat(server().listeners())
        .extracting(
            ListenerConfig::name,
            listen -> listen.address().getPort(),
            listen -> listen.session().service(),
            listen -> listen.session().tls(),
            listen -> listen.session().authentication().required())
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(
                "smtp", 2525, Service.SMTP, TlsPolicy.OFFERED, false),
            org.assertj.core.groups.Tuple.tuple(
                "submission", 2587, Service.SUBMISSION, TlsPolicy.REQUIRED, true),
            org.assertj.core.groups.Tuple.tuple(
                "submissions", 2465, Service.SUBMISSION, TlsPolicy.IMPLICIT, true),
            org.assertj.core.groups.Tuple.tuple(
                "lmtp", 2024, Service.LMTP, TlsPolicy.OFFERED, false));
  }

  @Test
  void otherMailIsOfferedAuthenticationOnlyIfTheAdministratorWants() throws Exception {
    setCertificate();
    assertThat(listener("smtp").session().authentication().mechanisms()).isEmpty();
    adapter.setAuthOnSmtp("true");
    assertThat(listener("smtp").session().authentication().mechanisms())
        .extracting(SaslMechanism::name)
        .containsExactly("PLAIN", "LOGIN");
    assertThat(listener("smtp").session().authentication().required()).isFalse();
  }

  @Test
  void theSmtpListenerCanDemandTls() throws Exception {
    setCertificate();
    adapter.setTlsRequired("true");
    assertThat(listener("smtp").session().tls()).isEqualTo(TlsPolicy.REQUIRED);
    assertThat(listener("lmtp").session().tls()).isEqualTo(TlsPolicy.OFFERED);
  }

  @Test
  void keysComeFromPairsOfFilesAndFromAKeyStore() throws Exception {
    adapter.setTlsCertificateFile(file("a.pem") + ", " + file("b.pem"));
    adapter.setTlsKeyFile(file("a.key") + "," + file("b.key"));
    adapter.setTlsKeyStoreFile(file("store.p12"));
    adapter.setTlsKeyStorePassword("secret");
    adapter.setTlsClientCertificates("optional");
    adapter.setTlsTrustFile(file("trust.pem"));

    TlsConfig tls = server().tls().orElseThrow();

    assertThat(tls.keys())
        .containsExactly(
            new KeySource.PemFiles(directory.resolve("a.pem"), directory.resolve("a.key")),
            new KeySource.PemFiles(directory.resolve("b.pem"), directory.resolve("b.key")),
            new KeySource.KeyStoreFile(directory.resolve("store.p12"), "secret"));
    assertThat(tls.clientCertificates()).isEqualTo(TlsConfig.ClientCertificates.OPTIONAL);
    assertThat(tls.trustFile()).contains(directory.resolve("trust.pem"));
  }

  @Test
  void everyMechanismCanBeConfigured() throws Exception {
    setCertificate();
    adapter.setAuthMechanisms(
        "plain, login, external, scram-sha-256, scram-sha-256-plus, oauthbearer, xoauth2");
    adapter.setTlsClientCertificates("optional");
    adapter.setTlsTrustFile(file("trust.pem"));
    adapter.setCredentialsFile(file("credentials"));
    adapter.setOauthIssuer("https://login.example.com");
    adapter.setOauthAudience("smtp");
    adapter.setOauthJwks("https://login.example.com/jwks");
    adapter.setPasswordSource("credentialsFile");

    List<SaslMechanism> mechanisms = listener("submission").session().authentication().mechanisms();

    assertThat(mechanisms)
        .extracting(SaslMechanism::name)
        .containsExactlyInAnyOrder(
            "PLAIN",
            "LOGIN",
            "EXTERNAL",
            "SCRAM-SHA-256",
            "SCRAM-SHA-256-PLUS",
            "OAUTHBEARER",
            "XOAUTH2");
  }

  @Test
  void failuresAndSendersAreLimitedAsConfigured() throws Exception {
    setCertificate();
    adapter.setMaxAuthFailuresPerSession("2");
    adapter.setMaxAuthFailuresPerClient("7");
    adapter.setSenderMustMatch("true");
    assertThat(listener("submissions").session().authentication().maxFailures()).isEqualTo(2);
    assertThat(listener("submissions").session().authentication().senderMustMatch()).isTrue();
    assertThat(server().throttle().failuresPerClient()).isEqualTo(7);
  }

  /**
   * The error names the property, and appears when the properties are set rather than when mail
   * arrives.
   */
  @Test
  void anErrorInAFileNamesItsProperty() throws Exception {
    String certificate = file("fullchain.pem");
    String key = file("privkey.pem");
    String store = file("store.p12");

    adapter.setTlsCertificateFile(certificate);
    adapter.setTlsKeyFile(certificate);
    assertThatItIsRefused(
        "tlsCertificateFile, tlsKeyFile: " + certificate + " has no private key in PEM");

    adapter.setTlsCertificateFile(key);
    adapter.setTlsKeyFile(file("other.key"));
    assertThatItIsRefused("tlsCertificateFile: " + key + " has no certificate in PEM");

    X509Bundle other = bundle();
    adapter.setTlsCertificateFile(certificate);
    adapter.setTlsKeyFile(key);
    Files.writeString(Path.of(key), other.getPrivateKeyPEM());
    assertThatItIsRefused(
        "tlsKeyFile: "
            + certificate
            + " with "
            + key
            + ": the private key does not belong to the first certificate");

    adapter.setTlsCertificateFile("");
    adapter.setTlsKeyFile("");
    adapter.setTlsKeyStoreFile(store);
    adapter.setTlsKeyStorePassword("wrong");
    assertThatItIsRefused("tlsKeyStoreFile: " + store + " cannot be opened");

    adapter.setTlsKeyStorePassword("secret");
    adapter.setTlsClientCertificates("optional");
    adapter.setTlsTrustFile(key);
    assertThatItIsRefused("tlsTrustFile: " + key + " has no certificate in PEM");
  }

  private void assertThatItIsRefused(String message) {
    assertThatThrownBy(this::server)
        .isInstanceOf(InvalidPropertyException.class)
        .hasMessageStartingWith(message);
  }

  static Stream<Arguments> wrong() {
    return Stream.of(
        wrong(
            "tlsCertificateFile: '/no/such.pem' is not a file that the application server may read",
            a -> a.setTlsCertificateFile("/no/such.pem")),
        wrong(
            "tlsCertificateFile: '/dev/null,' has a comma with no file beside it",
            a -> a.setTlsCertificateFile("/dev/null,")),
        wrong(
            "tlsKeyFile: names 0 files, but tlsCertificateFile names 1",
            a -> a.setTlsCertificateFile("/dev/null")),
        wrong(
            "tlsKeyStoreFile: '/' is not a file that the application server may read",
            a -> a.setTlsKeyStoreFile("/")),
        wrong("tlsRequired: 'yes' is neither true nor false", a -> a.setTlsRequired("yes")),
        wrong("authOnSmtp: 'yes' is neither", a -> a.setAuthOnSmtp("yes")),
        wrong("senderMustMatch: 'yes' is neither", a -> a.setSenderMustMatch("yes")),
        wrong("tlsRequired: true needs a certificate; set tlsCert", a -> a.setTlsRequired("true")),
        wrong(
            "tlsClientCertificates: 'yes' is not none, optional or required",
            a -> a.setTlsClientCertificates("yes")),
        wrong(
            "tlsTrustFile: must be set because tlsClientCertificates is required",
            a -> a.setTlsClientCertificates("required")),
        wrong(
            "authMechanisms: \"CRAM-MD5\" is not one of EXTERNAL, SCRAM",
            a -> a.setAuthMechanisms("PLAIN CRAM-MD5")),
        wrong(
            "authMechanisms: SCRAM-SHA-256 needs credentialsFile to be set",
            a -> a.setAuthMechanisms("SCRAM-SHA-256")),
        wrong(
            "authMechanisms: XOAUTH2 needs oauthIssuer, oauthAudience and oauthJwks to be set",
            a -> a.setAuthMechanisms("XOAUTH2")),
        wrong(
            "authMechanisms: EXTERNAL needs tlsClientCertificates to be optional or required",
            a -> a.setAuthMechanisms("EXTERNAL")),
        wrong(
            "passwordSource: 'ldap' is not realm or credentialsFile",
            a -> a.setPasswordSource("ldap")),
        wrong(
            "passwordSource: credentialsFile needs the property credentialsFile to be set",
            a -> a.setPasswordSource("credentialsFile")),
        wrong(
            "oauthJwks: http://login.example.com/ is not an https or file URL",
            a -> {
              a.setOauthIssuer("i");
              a.setOauthAudience("a");
              a.setOauthJwks("http://login.example.com/");
            }),
        wrong("oauthIssuer: must not be empty", a -> a.setOauthJwks("https://login.example.com/")),
        wrong(
            "maxAuthFailuresPerSession: 0 is not between 1 and 100",
            a -> a.setMaxAuthFailuresPerSession("0")),
        wrong(
            "maxAuthFailuresPerClient: 0 is not between 1 and 100000",
            a -> a.setMaxAuthFailuresPerClient("0")));
  }

  private static Arguments wrong(String message, Consumer<AdapterProperties> change) {
    return Arguments.of(message, change);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("wrong")
  void anInvalidValueIsReportedWithTheAllowedValues(
      String message, Consumer<AdapterProperties> change) {
    change.accept(adapter);
    assertThatThrownBy(this::server)
        .isInstanceOf(InvalidPropertyException.class)
        .hasMessageStartingWith(message);
  }
}
