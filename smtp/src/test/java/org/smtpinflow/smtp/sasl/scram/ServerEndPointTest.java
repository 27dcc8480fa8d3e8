// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.sasl.scram;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.security.MessageDigest;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.smtpinflow.smtp.sasl.TestCertificates;

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
  void isTheHashOfTheSignature(String key, String signature, String hash) throws Exception {
    X509Certificate certificate =
        TestCertificates.of("CN=mx", "-keyalg", key, "-sigalg", signature);
    assertThat(ServerEndPoint.of(certificate))
        .contains(MessageDigest.getInstance(hash).digest(certificate.getEncoded()));
  }

  /** The name of a PSS signature does not contain the hash function. */
  @ParameterizedTest
  @CsvSource({"pss-sha256.pem, SHA-256", "pss-sha384.pem, SHA-384", "pss-sha512.pem, SHA-512"})
  void isTakenFromTheParametersOfAPssSignature(String file, String hash) throws Exception {
    try (InputStream pem = getClass().getResourceAsStream(file)) {
      Certificate certificate = CertificateFactory.getInstance("X.509").generateCertificate(pem);
      assertThat(ServerEndPoint.of((X509Certificate) certificate))
          .contains(MessageDigest.getInstance(hash).digest(certificate.getEncoded()));
    }
  }

  @Test
  void isUndefinedWithoutAHashFunction() throws Exception {
    assertThat(ServerEndPoint.of(TestCertificates.of("CN=mx", "-keyalg", "Ed25519"))).isEmpty();
  }
}
