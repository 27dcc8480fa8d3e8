// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.tls;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/** The files of private keys and their certificate chains. */
public sealed interface KeySource {

  /** Returns the files. */
  List<Path> files();

  /**
   * Two PEM files, as ACME clients write them. Both may be the same file.
   *
   * @param certificate the certificate of the server, followed by its chain
   * @param key the private key, unencrypted: RSA, EC or Ed25519, in PKCS#8, PKCS#1 or SEC 1
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
   * A PKCS#12 or JKS key store. All its private keys are used, in alphabetical order of their
   * aliases.
   *
   * @param file the key store
   * @param password the password of the key store and of the keys in it
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

    /** Leaves out the password. */
    @Override
    public String toString() {
      return "KeyStoreFile[file=" + file + "]";
    }
  }
}
