// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.sasl;

import java.net.URI;
import java.util.Objects;
import java.util.Set;

/**
 * Whose tokens OAUTHBEARER and XOAUTH2 take.
 *
 * @param issuer who issues them: the {@code iss} claim, compared character by character
 * @param audience whom they must be meant for: one of the {@code aud} claim
 * @param jwks where the issuer's public keys are (RFC 7517, section 5): an {@code https} or {@code
 *     file} URL, or an {@code http} one of this machine itself
 * @param nameClaim the claim that says who the user is, such as {@code sub}
 * @param groupsClaim the claim that says which groups the user is in: a list of texts, or one text
 *     with spaces between
 */
public record OauthConfig(
    String issuer, String audience, URI jwks, String nameClaim, String groupsClaim) {

  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if one of them is not allowed; the message names it
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

  // Whoever can change the keys can be anybody.
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
