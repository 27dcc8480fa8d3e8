// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.tls;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What an administrator decides about TLS.
 *
 * @param keys the keys and certificates; at least one. A client that asks for a name (SNI) gets a
 *     certificate for it; one that asks for none, or for one that no certificate is for, gets the
 *     first, or another for the same names if it cannot do with the first one's kind of key
 * @param clientCertificates whether clients are asked for a certificate
 * @param trustFile the certificates of those who issue client certificates: PEM, or a key store
 *     without a password. Must be there if clients are asked
 * @param handshakeTimeout how long a handshake may take
 * @param checkInterval how often is looked whether the files have been replaced
 */
public record TlsConfig(
    List<KeySource> keys,
    ClientCertificates clientCertificates,
    Optional<Path> trustFile,
    Duration handshakeTimeout,
    Duration checkInterval) {

  /**
   * Copies the list; no argument may be null.
   *
   * @throws IllegalArgumentException if there is no key, if a duration is not positive, or if the
   *     trust file is missing
   */
  public TlsConfig {
    keys = List.copyOf(keys);
    if (keys.isEmpty()) {
      throw new IllegalArgumentException("TLS needs at least one certificate");
    }
    Objects.requireNonNull(clientCertificates, "clientCertificates");
    Objects.requireNonNull(trustFile, "trustFile");
    if (clientCertificates != ClientCertificates.NONE && trustFile.isEmpty()) {
      throw new IllegalArgumentException(
          "client certificates are "
              + clientCertificates
              + ", but no trust file says whose certificates are trusted");
    }
    requirePositive("handshake time-out", handshakeTimeout);
    requirePositive("check interval", checkInterval);
  }

  /**
   * Returns a configuration without client certificates: 30 s for a handshake, replaced files are
   * seen within 5 s.
   */
  public static TlsConfig of(List<KeySource> keys) {
    return of(keys, ClientCertificates.NONE, Optional.empty());
  }

  /** Returns a configuration with 30 s for a handshake; replaced files are seen within 5 s. */
  public static TlsConfig of(
      List<KeySource> keys, ClientCertificates clientCertificates, Optional<Path> trustFile) {
    return new TlsConfig(
        keys, clientCertificates, trustFile, Duration.ofSeconds(30), Duration.ofSeconds(5));
  }

  private static void requirePositive(String name, Duration duration) {
    if (duration.isNegative() || duration.isZero()) {
      throw new IllegalArgumentException(name + " is " + duration + ", not more than zero");
    }
  }

  /** Whether clients are asked for a certificate. */
  public enum ClientCertificates {
    /** They are not. */
    NONE,
    /**
     * They are, but need not show one. One that nobody trusted has issued counts as none: mail
     * servers show what they have to whoever asks.
     */
    OPTIONAL,
    /** They are, and without one that somebody trusted has issued the handshake fails. */
    REQUIRED
  }
}
