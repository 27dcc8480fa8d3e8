// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.tls;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The TLS settings of a server.
 *
 * @param keys the keys and certificates; at least one. A client that requests a server name (SNI)
 *     gets a certificate for that name. A client that requests none, or a name without a
 *     certificate, gets the first one, or another certificate for the same names if the client does
 *     not support the key type of the first
 * @param clientCertificates whether clients are asked for a certificate
 * @param trustFile the certificates of the issuers of client certificates: PEM, or a key store
 *     without a password. Required if clients are asked for a certificate
 * @param handshakeTimeout how long a handshake may take
 * @param checkInterval how often the files are checked for replacement
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
   *     trust file is required and missing
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
   * Returns settings without client certificates. A handshake may take 30 s, and files are checked
   * every 5 s.
   */
  public static TlsConfig of(List<KeySource> keys) {
    return of(keys, ClientCertificates.NONE, Optional.empty());
  }

  /** Returns settings in which a handshake may take 30 s and files are checked every 5 s. */
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
    /** Clients are not asked. */
    NONE,
    /**
     * Clients are asked, but need not present one. An untrusted certificate is treated as absent,
     * because mail servers present theirs to every server that asks.
     */
    OPTIONAL,
    /** Clients are asked, and a handshake without a trusted certificate fails. */
    REQUIRED
  }
}
