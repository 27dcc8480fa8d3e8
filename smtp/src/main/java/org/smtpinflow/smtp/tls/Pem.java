// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.tls;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The blocks of a PEM file (RFC 7468). Text outside of blocks is ignored. */
final class Pem {

  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----(.*?)-----END \\1-----", Pattern.DOTALL);

  private final Path file;
  private final List<Block> blocks = new ArrayList<>();

  private record Block(String label, String text) {}

  private Pem(Path file) {
    this.file = file;
  }

  static Pem parse(Path file, byte[] octets) {
    Pem pem = new Pem(file);
    // Only the text outside of blocks can contain octets other than ASCII.
    Matcher matcher = BLOCK.matcher(new String(octets, StandardCharsets.ISO_8859_1));
    while (matcher.find()) {
      pem.blocks.add(new Block(matcher.group(1), matcher.group(2)));
    }
    return pem;
  }

  boolean isEmpty() {
    return blocks.isEmpty();
  }

  /**
   * Returns the certificates in the order of the file; at least one.
   *
   * @throws TlsConfigurationException if there is none, or if one cannot be read
   */
  List<X509Certificate> certificates() throws TlsConfigurationException {
    List<X509Certificate> certificates = new ArrayList<>();
    for (Block block : blocks) {
      if (block.label.equals("CERTIFICATE") || block.label.equals("X509 CERTIFICATE")) {
        certificates.add(certificate(block));
      }
    }
    if (certificates.isEmpty()) {
      throw new TlsConfigurationException(
          file, file + " has no certificate in PEM (-----BEGIN CERTIFICATE-----)");
    }
    return certificates;
  }

  private X509Certificate certificate(Block block) throws TlsConfigurationException {
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(decode(block)));
    } catch (CertificateException e) {
      throw new TlsConfigurationException(
          file, file + " has a certificate that cannot be read: " + e.getMessage(), e);
    }
  }

  /**
   * Returns the private key.
   *
   * @throws TlsConfigurationException if the file does not contain exactly one, or if it cannot be
   *     read
   */
  PrivateKey privateKey() throws TlsConfigurationException {
    List<Block> keys = blocks.stream().filter(b -> b.label.endsWith("PRIVATE KEY")).toList();
    if (keys.size() != 1) {
      throw new TlsConfigurationException(
          file,
          file
              + (keys.isEmpty()
                  ? " has no private key in PEM (-----BEGIN PRIVATE KEY-----)"
                  : " has "
                      + keys.size()
                      + " private keys; keep only the one that belongs to the certificate"));
    }
    Block key = keys.get(0);
    if (key.label.startsWith("ENCRYPTED") || key.text.contains("ENCRYPTED")) {
      throw new TlsConfigurationException(
          file,
          file
              + " has an encrypted private key, for which the server has no"
              + " password; decrypt it with: openssl pkcs8 -topk8 -nocrypt -in "
              + file
              + " -out KEY.pem");
    }
    try {
      return PrivateKeys.decode(key.label, decode(key));
    } catch (IllegalArgumentException e) {
      throw new TlsConfigurationException(
          file,
          file
              + " has a private key that cannot be read ("
              + e.getMessage()
              + "): it must be RSA, EC (P-256, P-384, P-521) or Ed25519; rewrite it with:"
              + " openssl pkcs8 -topk8 -nocrypt -in "
              + file
              + " -out KEY.pem",
          e);
    }
  }

  private byte[] decode(Block block) throws TlsConfigurationException {
    try {
      return Base64.getDecoder().decode(block.text.replaceAll("\\s", ""));
    } catch (IllegalArgumentException e) {
      throw new TlsConfigurationException(
          file, file + " has a " + block.label + " that is not base64; was it cut or edited?", e);
    }
  }
}
