// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.sasl;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;

/** SCRAM-SHA-256 and SCRAM-SHA-256-PLUS (RFC 5802, RFC 7677). */
final class ScramMechanism implements SaslMechanism {

  private static final int NONCE_BYTES = 18;

  /** Where the server's part of a nonce comes from. */
  interface Nonces {

    /** Returns printable ASCII without a comma, never the same twice. */
    String next();
  }

  private final boolean plus;
  private final boolean plusConfigured;
  private final CredentialsFile credentials;
  private final Nonces nonces;

  private ScramMechanism(
      boolean plus, boolean plusConfigured, CredentialsFile credentials, Nonces nonces) {
    this.plus = plus;
    this.plusConfigured = plusConfigured;
    this.credentials = credentials;
    this.nonces = nonces;
  }

  /**
   * Makes the one that does not bind to the channel.
   *
   * @param plusConfigured whether this server has the other one too, so that a client that could
   *     bind and was told that the server cannot has been lied to
   */
  static ScramMechanism unbound(CredentialsFile credentials, boolean plusConfigured) {
    return unbound(credentials, plusConfigured, random());
  }

  static ScramMechanism unbound(
      CredentialsFile credentials, boolean plusConfigured, Nonces nonces) {
    return new ScramMechanism(false, plusConfigured, credentials, nonces);
  }

  /** Makes the one that binds to the channel: nobody between client and server can use it. */
  static ScramMechanism bound(CredentialsFile credentials) {
    return new ScramMechanism(true, true, credentials, random());
  }

  private static Nonces random() {
    SecureRandom random = new SecureRandom();
    return () -> {
      byte[] octets = new byte[NONCE_BYTES];
      random.nextBytes(octets);
      return Base64.getEncoder().encodeToString(octets);
    };
  }

  @Override
  public String name() {
    return plus ? "SCRAM-SHA-256-PLUS" : "SCRAM-SHA-256";
  }

  @Override
  public boolean isOfferedOn(SecureChannel channel) {
    return !plus || bindingOf(channel).isPresent();
  }

  @Override
  public SaslExchange begin(SecureChannel channel) {
    Optional<byte[]> binding = plusConfigured ? bindingOf(channel) : Optional.empty();
    return new InitialResponse(new ScramExchange(plus, binding, credentials, nonces.next()));
  }

  private static Optional<byte[]> bindingOf(SecureChannel channel) {
    return channel.serverCertificate().flatMap(ServerEndPoint::of);
  }
}
