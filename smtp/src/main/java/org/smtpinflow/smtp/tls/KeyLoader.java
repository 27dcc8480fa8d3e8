// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;

/** Reads keys and certificates from the contents of files. */
final class KeyLoader {

  private KeyLoader() {}

  /** Reads the key entries of a source; at least one. */
  static List<KeyEntry> read(KeySource source, FileContents contents)
      throws TlsConfigurationException {
    if (source instanceof KeySource.PemFiles files) {
      Pem certificate = Pem.parse(files.certificate(), contents.of(files.certificate()));
      Pem key = Pem.parse(files.key(), contents.of(files.key()));
      String name = files.certificate() + " with " + files.key();
      return List.of(KeyEntry.of(files.key(), name, key.privateKey(), certificate.certificates()));
    }
    KeySource.KeyStoreFile file = (KeySource.KeyStoreFile) source;
    return fromKeyStore(file.file(), contents.of(file.file()), file.password().toCharArray());
  }

  private static List<KeyEntry> fromKeyStore(Path file, byte[] octets, char[] password)
      throws TlsConfigurationException {
    try {
      KeyStore store = keyStore(file, octets, password);
      List<KeyEntry> credentials = new ArrayList<>();
      for (String alias : new TreeSet<>(Collections.list(store.aliases()))) {
        if (store.getKey(alias, password) instanceof PrivateKey key) {
          List<X509Certificate> chain =
              Arrays.stream(store.getCertificateChain(alias))
                  .map(X509Certificate.class::cast)
                  .toList();
          credentials.add(KeyEntry.of(file, file + ", alias " + alias, key, chain));
        }
      }
      if (credentials.isEmpty()) {
        throw new TlsConfigurationException(
            file,
            file + " has no private key; list its entries with: keytool -list -keystore " + file);
      }
      return credentials;
    } catch (GeneralSecurityException e) {
      throw new TlsConfigurationException(
          file,
          file
              + " has a private key that cannot be read ("
              + e.getMessage()
              + "); it must have the same password as the key store",
          e);
    } finally {
      Arrays.fill(password, '\0');
    }
  }

  private static KeyStore keyStore(Path file, byte[] octets, char[] password)
      throws TlsConfigurationException {
    try {
      // This type reads JKS as well.
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(new ByteArrayInputStream(octets), password);
      return store;
    } catch (IOException | GeneralSecurityException e) {
      throw new TlsConfigurationException(
          file,
          file
              + " cannot be opened as a PKCS#12 or JKS key store: wrong password, or not a key store ("
              + e.getMessage()
              + "); try: keytool -list -keystore "
              + file,
          e);
    }
  }

  /**
   * Reads the certificates of a trust file; at least one.
   *
   * @param octets PEM, or a key store without a password
   */
  static List<X509Certificate> trusted(Path file, byte[] octets) throws TlsConfigurationException {
    Pem pem = Pem.parse(file, octets);
    if (!pem.isEmpty()) {
      return pem.certificates();
    }
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(new ByteArrayInputStream(octets), null);
      List<X509Certificate> certificates = new ArrayList<>();
      for (String alias : new TreeSet<>(Collections.list(store.aliases()))) {
        Certificate certificate = store.getCertificate(alias);
        if (store.isCertificateEntry(alias) && certificate instanceof X509Certificate x509) {
          certificates.add(x509);
        }
      }
      if (!certificates.isEmpty()) {
        return certificates;
      }
    } catch (IOException | GeneralSecurityException e) {
      throw new TlsConfigurationException(file, notTrusted(file), e);
    }
    throw new TlsConfigurationException(file, notTrusted(file));
  }

  private static String notTrusted(Path file) {
    return file
        + " has no trusted certificate that can be read without a password; export its certificates"
        + " as PEM with: keytool -list -rfc -keystore "
        + file;
  }
}
