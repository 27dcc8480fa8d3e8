// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.tls;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.CertificateBuilder.Algorithm;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.function.UnaryOperator;

/** Certificates made for a test, all issued by one authority. */
public final class TestCertificates {

  /** The issuer of the certificates. */
  public static final X509Bundle AUTHORITY = authority("CN=Test Authority");

  private TestCertificates() {}

  /** Makes an authority that nobody else trusts. */
  public static X509Bundle authority(String name) {
    try {
      return new CertificateBuilder()
          .ecp256()
          .subject(name)
          .setIsCertificateAuthority(true)
          .buildSelfSigned();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** Makes a certificate for a server; the first name is also its common name. */
  public static X509Bundle server(Algorithm algorithm, String... names) {
    return issue(
        AUTHORITY,
        builder -> {
          builder.algorithm(algorithm).subject("CN=" + names[0]).addExtendedKeyUsageServerAuth();
          for (String name : names) {
            // The builder does not support wildcards; such a certificate has only a common name.
            if (!name.startsWith("*")) {
              builder.addSanDnsName(name);
            }
          }
          return builder;
        });
  }

  /** Makes a certificate for a client. */
  public static X509Bundle client(X509Bundle authority, String name) {
    return issue(
        authority,
        builder -> builder.ecp256().subject("CN=" + name).addExtendedKeyUsageClientAuth());
  }

  /** Makes a certificate that a test customizes, valid for a day by default. */
  public static X509Bundle issue(
      X509Bundle authority, UnaryOperator<CertificateBuilder> properties) {
    Instant now = Instant.now();
    CertificateBuilder builder =
        new CertificateBuilder()
            .notBefore(now.minus(Duration.ofHours(1)))
            .notAfter(now.plus(Duration.ofDays(1)));
    try {
      return properties.apply(builder).buildIssuedBy(authority);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** Writes a certificate and its key into a directory, replacing files of the same name. */
  public static KeySource.PemFiles write(Path directory, String name, X509Bundle bundle)
      throws IOException {
    Path certificate = directory.resolve(name + ".crt");
    Path key = directory.resolve(name + ".key");
    Files.writeString(certificate, bundle.getCertificatePathPEM());
    Files.writeString(key, bundle.getPrivateKeyPEM());
    return new KeySource.PemFiles(certificate, key);
  }
}
