// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.sasl;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The hash of RFC 5929, section 4.1. */
class ServerEndPointTest {

  @ParameterizedTest
  @CsvSource({
    "RSA, SHA256withRSA, SHA-256",
    "RSA, SHA384withRSA, SHA-384",
    "RSA, SHA512withRSA, SHA-512",
    "RSA, SHA1withRSA, SHA-256",
    "RSA, MD5withRSA, SHA-256",
    "EC, SHA384withECDSA, SHA-384",
    "EC, SHA512withECDSA, SHA-512"
  })
  void isThatOfTheSignature(String key, String signature, String hash) throws Exception {
    X509Certificate certificate =
        TestCertificates.of("CN=mx", "-keyalg", key, "-sigalg", signature);
    assertThat(ServerEndPoint.of(certificate))
        .contains(MessageDigest.getInstance(hash).digest(certificate.getEncoded()));
  }

  /** The name of such a signature does not tell: keytool takes SHA-384 for larger keys. */
  @ParameterizedTest
  @CsvSource({"2048, SHA-256", "4096, SHA-384"})
  void isInTheParametersOfAPssSignature(String size, String hash) throws Exception {
    X509Certificate certificate =
        TestCertificates.of("CN=mx", "-keyalg", "RSASSA-PSS", "-keysize", size);
    assertThat(ServerEndPoint.of(certificate))
        .contains(MessageDigest.getInstance(hash).digest(certificate.getEncoded()));
  }

  @Test
  void isUndefinedWithoutAHashFunction() throws Exception {
    assertThat(ServerEndPoint.of(TestCertificates.of("CN=mx", "-keyalg", "Ed25519"))).isEmpty();
  }
}
