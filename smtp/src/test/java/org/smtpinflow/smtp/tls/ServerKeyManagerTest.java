// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.pkitesting.CertificateBuilder.Algorithm;
import io.netty.pkitesting.X509Bundle;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerKeyManagerTest {

  private static final ServerKeyManager MANAGER =
      manager(
          TestCertificates.server(Algorithm.rsa2048, "mx.example.com", "mail.example.com"),
          TestCertificates.server(Algorithm.ecp256, "mx.example.org"),
          TestCertificates.server(Algorithm.ecp256, "mail.example.com", "MX.example.com"),
          TestCertificates.server(Algorithm.rsa2048, "*.example.net"));

  private static ServerKeyManager manager(X509Bundle... bundles) {
    List<KeyEntry> credentials = new ArrayList<>();
    for (X509Bundle bundle : bundles) {
      credentials.add(
          new KeyEntry(
              bundle.getKeyPair().getPrivate(),
              bundle.getCertificatePathList(),
              ServerNames.of(bundle.getCertificate())));
    }
    return new ServerKeyManager(credentials);
  }

  @ParameterizedTest
  @CsvSource({
    // Two kinds of key for the same names.
    "RSA,   mx.example.com,     0",
    "EC,    mx.example.com,     2",
    "EC,    Mail.Example.COM,   2",
    // A name has only one kind of key: another kind must not select another name.
    "EC,    mx.example.org,     1",
    "RSA,   mx.example.org,     ",
    // A wildcard matches one label.
    "RSA,   a.example.net,      3",
    "RSA,   a.b.example.net,    0",
    "RSA,   example.net,        0",
    // No name, or an unknown one: the first entry, or the other kind of key for the same names.
    "RSA,   ,                   0",
    "EC,    ,                   2",
    "EC,    unknown.example,    2",
    "EdDSA, mx.example.com,     ",
  })
  void selectsByNameAndKeyType(String keyType, String serverName, String alias) {
    assertThat(MANAGER.choose(keyType, Optional.ofNullable(serverName))).isEqualTo(alias);
  }
}
