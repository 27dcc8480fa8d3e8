// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.sasl.scram;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import org.smtpinflow.smtp.sasl.InitialResponse;
import org.smtpinflow.smtp.sasl.SaslExchange;
import org.smtpinflow.smtp.sasl.SaslMechanism;
import org.smtpinflow.smtp.sasl.SecureChannel;

/** SCRAM-SHA-256 and SCRAM-SHA-256-PLUS (RFC 5802, RFC 7677). */
final class ScramMechanism implements SaslMechanism {

  private static final int NONCE_BYTES = 18;

  /** The source of the server's part of the nonce. */
  interface Nonces {

    /** Returns printable ASCII without a comma, a different text each time. */
    String next();
  }

  private final boolean bound;
  private final boolean boundIsConfigured;
  private final ScramUsers users;
  private final Nonces nonces;

  private ScramMechanism(
      boolean bound, boolean boundIsConfigured, ScramUsers users, Nonces nonces) {
    this.bound = bound;
    this.boundIsConfigured = boundIsConfigured;
    this.users = users;
    this.nonces = nonces;
  }

  /**
   * Makes SCRAM-SHA-256.
   *
   * @param boundIsConfigured whether this server has SCRAM-SHA-256-PLUS as well
   */
  static ScramMechanism unbound(ScramUsers users, boolean boundIsConfigured) {
    return unbound(users, boundIsConfigured, random());
  }

  static ScramMechanism unbound(ScramUsers users, boolean boundIsConfigured, Nonces nonces) {
    return new ScramMechanism(false, boundIsConfigured, users, nonces);
  }

  /** Makes SCRAM-SHA-256-PLUS, which is bound to the TLS channel. */
  static ScramMechanism bound(ScramUsers users) {
    return new ScramMechanism(true, true, users, random());
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
    return bound ? "SCRAM-SHA-256-PLUS" : "SCRAM-SHA-256";
  }

  @Override
  public boolean isOfferedOn(SecureChannel channel) {
    return !bound || bindingOf(channel).isPresent();
  }

  @Override
  public SaslExchange begin(SecureChannel channel) {
    Optional<byte[]> binding = boundIsConfigured ? bindingOf(channel) : Optional.empty();
    return new InitialResponse(new ScramExchange(bound, binding, users, nonces.next()));
  }

  private static Optional<byte[]> bindingOf(SecureChannel channel) {
    return channel.serverCertificate().flatMap(ServerEndPoint::of);
  }
}
