// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.netty.pkitesting.CertificateBuilder.Algorithm;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyFilesTest {

  @TempDir private Path directory;

  private static List<X509Certificate> load(KeySource... sources) throws IOException {
    return ReloadableTls.load(TlsConfig.of(List.of(sources))).current().certificates();
  }

  private static void assertRefused(KeySource source, String... messageParts) {
    assertThatExceptionOfType(TlsConfigurationException.class)
        .isThrownBy(() -> load(source))
        .satisfies(e -> assertThat(e.getMessage()).contains(messageParts).doesNotContain("\n"));
  }

  private void openssl(String... arguments) throws IOException, InterruptedException {
    Process process;
    try {
      process =
          new ProcessBuilder("openssl")
              .command(command(arguments))
              .redirectErrorStream(true)
              .start();
    } catch (IOException e) {
      Assumptions.abort("openssl is not installed");
      return;
    }
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(output).isZero();
  }

  private static List<String> command(String... arguments) {
    List<String> command = new ArrayList<>(List.of("openssl"));
    command.addAll(List.of(arguments));
    return command;
  }

  @ParameterizedTest
  @EnumSource(names = {"rsa2048", "rsa4096", "ecp256", "ecp384", "ed25519"})
  void readsPkcs8(Algorithm algorithm) throws Exception {
    X509Bundle bundle = TestCertificates.server(algorithm, "mx.example.com");
    assertThat(load(TestCertificates.write(directory, "mx", bundle)))
        .containsExactly(bundle.getCertificate());
  }

  @ParameterizedTest
  @CsvSource({
    "rsa2048, BEGIN RSA PRIVATE KEY",
    "ecp256, BEGIN EC PRIVATE KEY",
    "ecp384, BEGIN EC PRIVATE KEY"
  })
  void readsTheOlderFormats(Algorithm algorithm, String label) throws Exception {
    X509Bundle bundle = TestCertificates.server(algorithm, "mx.example.com");
    KeySource.PemFiles files = TestCertificates.write(directory, "mx", bundle);
    Path old = directory.resolve("old.key");
    openssl("pkey", "-traditional", "-in", files.key().toString(), "-out", old.toString());
    assertThat(old).content().contains(label);
    assertThat(load(new KeySource.PemFiles(files.certificate(), old)))
        .containsExactly(bundle.getCertificate());
  }

  @Test
  void readsAnEcKeyAfterItsParameters() throws Exception {
    Path key = directory.resolve("mx.key");
    Path certificate = directory.resolve("mx.crt");
    openssl("ecparam", "-name", "prime256v1", "-genkey", "-out", key.toString());
    openssl(
        "req",
        "-x509",
        "-new",
        "-key",
        key.toString(),
        "-subj",
        "/CN=mx",
        "-out",
        certificate.toString());
    assertThat(key).content().contains("BEGIN EC PARAMETERS");
    assertThat(load(new KeySource.PemFiles(certificate, key))).hasSize(1);
  }

  @Test
  void readsOneFileWithBothAndOtherText() throws Exception {
    X509Bundle bundle = TestCertificates.server(Algorithm.ecp256, "mx.example.com");
    Path file = directory.resolve("mx.pem");
    Files.writeString(
        file,
        "Für den Postempfang\r\n"
            + (bundle.getPrivateKeyPEM() + bundle.getCertificatePathPEM()).replace("\n", "\r\n"));
    assertThat(load(new KeySource.PemFiles(file, file))).containsExactly(bundle.getCertificate());
  }

  @Test
  void putsTheChainInOrder() throws Exception {
    X509Bundle intermediate =
        TestCertificates.issue(
            TestCertificates.AUTHORITY,
            b -> b.ecp256().subject("CN=Intermediate").setIsCertificateAuthority(true));
    X509Bundle leaf =
        TestCertificates.issue(intermediate, b -> b.ecp256().subject("CN=mx.example.com"));
    KeySource.PemFiles files = TestCertificates.write(directory, "mx", leaf);
    Files.writeString(
        files.certificate(),
        leaf.getCertificatePEM()
            + TestCertificates.AUTHORITY.getCertificatePEM()
            + TestCertificates.authority("CN=Unrelated").getCertificatePEM()
            + intermediate.getCertificatePEM());
    List<KeyEntry> credentials = KeyLoader.read(files, FileContents.read(files.files()));
    assertThat(credentials.get(0).chain())
        .containsExactly(
            leaf.getCertificate(),
            intermediate.getCertificate(),
            TestCertificates.AUTHORITY.getCertificate());
  }

  @ParameterizedTest
  @ValueSource(strings = {"PKCS12", "JKS"})
  void readsAKeyStore(String type) throws Exception {
    X509Bundle rsa = TestCertificates.server(Algorithm.rsa2048, "mx.example.com");
    X509Bundle ec = TestCertificates.server(Algorithm.ecp256, "mx.example.com");
    char[] password = "secret".toCharArray();
    KeyStore store = KeyStore.getInstance(type);
    store.load(null, null);
    store.setKeyEntry("b", rsa.getKeyPair().getPrivate(), password, rsa.getCertificatePath());
    store.setKeyEntry("a", ec.getKeyPair().getPrivate(), password, ec.getCertificatePath());
    store.setCertificateEntry("ca", TestCertificates.AUTHORITY.getCertificate());
    Path file = directory.resolve("keys");
    try (OutputStream out = Files.newOutputStream(file)) {
      store.store(out, password);
    }
    assertThat(load(new KeySource.KeyStoreFile(file, "secret")))
        .containsExactly(ec.getCertificate(), rsa.getCertificate());
    assertRefused(new KeySource.KeyStoreFile(file, "wrong"), file.toString(), "wrong password");
    assertThat(new KeySource.KeyStoreFile(file, "secret").toString()).doesNotContain("secret");
  }

  @Test
  void refusesAnEncryptedKeyAndNamesTheRemedy() throws Exception {
    X509Bundle bundle = TestCertificates.server(Algorithm.rsa2048, "mx.example.com");
    KeySource.PemFiles files = TestCertificates.write(directory, "mx", bundle);
    String key = files.key().toString();
    for (List<String> form : List.of(List.of("-aes256"), List.of("-aes256", "-traditional"))) {
      Path encrypted = directory.resolve("encrypted.key");
      List<String> arguments =
          new ArrayList<>(
              List.of("pkey", "-in", key, "-out", encrypted.toString(), "-passout", "pass:abcd"));
      arguments.addAll(form);
      openssl(arguments.toArray(String[]::new));
      assertRefused(
          new KeySource.PemFiles(files.certificate(), encrypted),
          encrypted.toString(),
          "encrypted",
          "openssl pkcs8 -topk8 -nocrypt -in " + encrypted);
    }
  }

  @Test
  void refusesFilesWithoutAKeyOrCertificate() throws Exception {
    X509Bundle bundle = TestCertificates.server(Algorithm.ecp256, "mx.example.com");
    KeySource.PemFiles files = TestCertificates.write(directory, "mx", bundle);
    Path missing = directory.resolve("missing.pem");
    assertRefused(
        new KeySource.PemFiles(missing, files.key()), missing.toString(), "there is no such file");
    assertRefused(
        new KeySource.PemFiles(files.key(), files.key()),
        files.key().toString(),
        "has no certificate in PEM");
    assertRefused(
        new KeySource.PemFiles(files.certificate(), files.certificate()),
        files.certificate().toString(),
        "has no private key in PEM");
    assertRefused(
        new KeySource.KeyStoreFile(files.key(), "secret"),
        files.key().toString(),
        "not a key store");

    Path garbage = directory.resolve("garbage.pem");
    Files.writeString(garbage, "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n");
    assertRefused(
        new KeySource.PemFiles(files.certificate(), garbage),
        garbage.toString(),
        "openssl pkcs8 -topk8 -nocrypt");
    for (String label : List.of("EC PRIVATE KEY", "RSA PRIVATE KEY", "DSA PRIVATE KEY")) {
      Files.writeString(
          garbage, "-----BEGIN " + label + "-----\nMIIA\n-----END " + label + "-----\n");
      assertRefused(
          new KeySource.PemFiles(files.certificate(), garbage), garbage.toString(), "must be RSA");
    }
    Files.writeString(garbage, "-----BEGIN CERTIFICATE-----\n=A\n-----END CERTIFICATE-----\n");
    assertRefused(new KeySource.PemFiles(garbage, files.key()), garbage.toString(), "not base64");
    Files.writeString(garbage, "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
    assertRefused(
        new KeySource.PemFiles(garbage, files.key()), garbage.toString(), "cannot be read");
  }

  @ParameterizedTest
  @EnumSource(names = {"rsa2048", "ecp256", "ed25519"})
  void refusesTheKeyOfAnotherCertificate(Algorithm algorithm) throws Exception {
    KeySource.PemFiles one =
        TestCertificates.write(directory, "one", TestCertificates.server(algorithm, "a.example"));
    KeySource.PemFiles other =
        TestCertificates.write(directory, "two", TestCertificates.server(algorithm, "a.example"));
    assertRefused(
        new KeySource.PemFiles(one.certificate(), other.key()),
        one.certificate().toString(),
        other.key().toString(),
        "does not belong");
  }

  @Test
  void warnsOfACertificateThatIsNotValidNowButUsesIt() throws Exception {
    Instant now = Instant.now();
    X509Bundle old =
        TestCertificates.issue(
            TestCertificates.AUTHORITY,
            b -> b.ecp256().subject("CN=old").notAfter(now.minusSeconds(60)));
    X509Bundle early =
        TestCertificates.issue(
            TestCertificates.AUTHORITY,
            b -> b.ecp256().subject("CN=early").notBefore(now.plusSeconds(3600)));
    try (LogRecords log = new LogRecords()) {
      assertThat(
              load(
                  TestCertificates.write(directory, "old", old),
                  TestCertificates.write(directory, "early", early)))
          .hasSize(2);
      assertThat(log.with("CN=old expired on")).singleElement().asString().startsWith("WARNING");
      assertThat(log.with("CN=early is not valid before"))
          .singleElement()
          .asString()
          .startsWith("WARNING");
    }
  }
}
