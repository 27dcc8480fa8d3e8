// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.tls;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/** Where a private key and its certificate chain are read from. */
public sealed interface KeySource {

  /** Returns the files that it is read from. */
  List<Path> files();

  /**
   * Two PEM files, as ACME clients write them. They may be one and the same.
   *
   * @param certificate the certificate of the server, and those that lead to its root
   * @param key the private key, not encrypted: PKCS#8, PKCS#1 or SEC 1; RSA, EC or Ed25519
   */
  record PemFiles(Path certificate, Path key) implements KeySource {

    /** No argument may be null. */
    public PemFiles {
      Objects.requireNonNull(certificate, "certificate");
      Objects.requireNonNull(key, "key");
    }

    @Override
    public List<Path> files() {
      return List.of(certificate, key);
    }
  }

  /**
   * A PKCS#12 or JKS key store. All private keys in it are used, in alphabetical order of their
   * aliases.
   *
   * @param file the key store
   * @param password opens the key store and the keys in it
   */
  record KeyStoreFile(Path file, String password) implements KeySource {

    /** No argument may be null. */
    public KeyStoreFile {
      Objects.requireNonNull(file, "file");
      Objects.requireNonNull(password, "password");
    }

    @Override
    public List<Path> files() {
      return List.of(file);
    }

    /** Returns a text without the password. */
    @Override
    public String toString() {
      return "KeyStoreFile[file=" + file + "]";
    }
  }
}
