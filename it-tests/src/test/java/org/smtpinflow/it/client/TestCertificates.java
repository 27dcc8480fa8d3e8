// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.it.client;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;

/** Certificates made for the tests, all issued by one authority. */
public final class TestCertificates {

  /** Who issues them. */
  public static final X509Bundle AUTHORITY = authority("CN=Test Authority");

  private TestCertificates() {}

  /** Makes an authority that nobody else knows. */
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

  /** Makes a certificate for a server of one name, which 127.0.0.1 may show too. */
  public static X509Bundle server(String name) {
    return issue(
        AUTHORITY,
        builder(name)
            .addSanDnsName(name)
            .addSanIpAddress("127.0.0.1")
            .addExtendedKeyUsageServerAuth());
  }

  /** Makes a certificate for a client. */
  public static X509Bundle client(X509Bundle authority, String name) {
    return issue(authority, builder(name).addExtendedKeyUsageClientAuth());
  }

  private static CertificateBuilder builder(String name) {
    Instant now = Instant.now();
    return new CertificateBuilder()
        .ecp256()
        .subject("CN=" + name)
        .notBefore(now.minus(Duration.ofHours(1)))
        .notAfter(now.plus(Duration.ofDays(1)));
  }

  private static X509Bundle issue(X509Bundle authority, CertificateBuilder builder) {
    try {
      return builder.buildIssuedBy(authority);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** Replaces a file as certbot does: at no time is there a part of it. */
  public static void replace(Path file, String text) throws IOException {
    Path written = Files.writeString(file.resolveSibling(file.getFileName() + ".new"), text);
    Files.move(written, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
