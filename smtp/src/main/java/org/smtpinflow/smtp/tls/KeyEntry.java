// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.tls;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A private key with its certificate chain.
 *
 * @param key the private key
 * @param chain the certificate first; each certificate was issued by the subject of the next one
 * @param names the host names that the certificate is valid for
 */
record KeyEntry(PrivateKey key, List<X509Certificate> chain, Set<String> names) {

  private static final byte[] PROBE = {1, 2, 3};

  /**
   * Makes an entry.
   *
   * @param file the file with the key
   * @param source describes the files of the key and the certificates, for messages
   * @param certificates the certificate first, the others in any order
   * @throws TlsConfigurationException if the key does not belong to the certificate
   */
  static KeyEntry of(Path file, String source, PrivateKey key, List<X509Certificate> certificates)
      throws TlsConfigurationException {
    X509Certificate certificate = certificates.get(0);
    if (!belongs(file, source, key, certificate)) {
      throw new TlsConfigurationException(
          file,
          source
              + ": the private key does not belong to the first certificate, which is for "
              + certificate.getSubjectX500Principal()
              + "; were both replaced?");
    }
    return new KeyEntry(key, path(certificates), ServerNames.of(certificate));
  }

  X509Certificate certificate() {
    return chain.get(0);
  }

  /** Returns whether the certificate verifies what the key signs. */
  private static boolean belongs(
      Path file, String source, PrivateKey key, X509Certificate certificate)
      throws TlsConfigurationException {
    String algorithm = key.getAlgorithm();
    if (!algorithm.equals(certificate.getPublicKey().getAlgorithm())) {
      return false;
    }
    try {
      Signature signature =
          Signature.getInstance(
              switch (algorithm) {
                case "RSA" -> "SHA256withRSA";
                case "EC" -> "SHA256withECDSA";
                default -> algorithm;
              });
      signature.initSign(key);
      signature.update(PROBE);
      byte[] signed = signature.sign();
      signature.initVerify(certificate.getPublicKey());
      signature.update(PROBE);
      return signature.verify(signed);
    } catch (GeneralSecurityException e) {
      throw new TlsConfigurationException(
          file, source + ": the " + algorithm + " key cannot be used: " + e.getMessage(), e);
    }
  }

  /** Returns the chain from the certificate through its issuers, as far as they are known. */
  private static List<X509Certificate> path(List<X509Certificate> certificates) {
    List<X509Certificate> others = new ArrayList<>(certificates);
    List<X509Certificate> path = new ArrayList<>();
    Optional<X509Certificate> next = Optional.of(others.remove(0));
    while (next.isPresent()) {
      X509Certificate last = next.get();
      path.add(last);
      next =
          others.stream()
              .filter(c -> c.getSubjectX500Principal().equals(last.getIssuerX500Principal()))
              .findFirst();
      next.ifPresent(others::remove);
    }
    return List.copyOf(path);
  }
}
