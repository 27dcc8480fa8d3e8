// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.sasl;

import java.net.URI;
import java.util.Objects;
import java.util.Set;

/**
 * The tokens that OAUTHBEARER and XOAUTH2 accept.
 *
 * @param issuer the issuer: the {@code iss} claim, compared character by character
 * @param audience the audience: one of the values of the {@code aud} claim
 * @param jwks the URL of the issuer's public keys (RFC 7517, section 5): {@code https}, {@code
 *     file}, or {@code http} to this machine
 * @param nameClaim the claim that contains the user name, such as {@code sub}
 * @param groupsClaim the claim that contains the groups: a list of strings, or one string with the
 *     groups separated by spaces
 */
public record OauthConfig(
    String issuer, String audience, URI jwks, String nameClaim, String groupsClaim) {

  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if a value is not allowed; the message names it
   */
  public OauthConfig {
    notBlank("oauthIssuer", issuer);
    notBlank("oauthAudience", audience);
    notBlank("oauthNameClaim", nameClaim);
    notBlank("oauthGroupsClaim", groupsClaim);
    Objects.requireNonNull(jwks, "jwks");
    if (!isTrustworthy(jwks)) {
      throw new IllegalArgumentException(
          "oauthJwks: " + jwks + " is not an https or file URL, nor an http URL of localhost");
    }
  }

  private static void notBlank(String name, String value) {
    if (value.isBlank()) {
      throw new IllegalArgumentException(name + ": must not be empty");
    }
  }

  // An attacker who can change the keys can authenticate as any user.
  private static boolean isTrustworthy(URI uri) {
    String scheme = uri.getScheme() == null ? "" : uri.getScheme();
    return switch (scheme) {
      case "https" -> uri.getHost() != null;
      case "http" -> uri.getHost() != null && LOOPBACK.contains(uri.getHost());
      case "file" -> uri.getPath() != null && uri.getAuthority() == null;
      default -> false;
    };
  }
}
