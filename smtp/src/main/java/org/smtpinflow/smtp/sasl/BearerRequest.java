// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.sasl;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A client's response with a bearer token.
 *
 * @param authzid the authorization identity; empty if the client sends none
 * @param authorization the value of the key {@code auth}, a scheme and a token; empty if the key is
 *     missing
 */
record BearerRequest(String authzid, Optional<String> authorization) {

  private static final String SEPARATOR = "\u0001";

  // RFC 7628, section 3.1: without channel binding.
  private static final Pattern GS2_HEADER = Pattern.compile("[ny],(?:a=(?<authzid>[^,\\x00]+))?,");
  private static final Pattern PAIR =
      Pattern.compile("(?<key>[A-Za-z]+)=(?<value>[\\x20-\\x7e\\t\\r\\n]*+)");
  private static final Pattern XOAUTH2_USER = Pattern.compile("user=(?<user>[^\\x00-\\x1f]+)");

  // RFC 6750, section 2.1. The scheme is case-insensitive (RFC 9110, section 11.1).
  private static final Pattern BEARER =
      Pattern.compile("(?i:bearer) +(?<token>[A-Za-z0-9._~+/-]+=*)");

  /** Parses a response of OAUTHBEARER (RFC 7628, section 3.1). */
  static BearerRequest oauthbearer(byte[] octets) throws MalformedResponseException {
    String[] parts = parts(octets);
    Matcher header = GS2_HEADER.matcher(parts[0]);
    if (!header.matches()) {
      throw new MalformedResponseException("not a GS2 header without channel binding");
    }
    String authzid = header.group("authzid");
    return new BearerRequest(authzid == null ? "" : SaslName.decode(authzid), authorization(parts));
  }

  /** Parses a response of XOAUTH2, which starts with the user's name instead of a GS2 header. */
  static BearerRequest xoauth2(byte[] octets) throws MalformedResponseException {
    String[] parts = parts(octets);
    Matcher user = XOAUTH2_USER.matcher(parts[0]);
    if (!user.matches()) {
      throw new MalformedResponseException("the user's name is missing");
    }
    return new BearerRequest(user.group("user"), authorization(parts));
  }

  private static String[] parts(byte[] octets) throws MalformedResponseException {
    String text = StrictUtf8.text(octets);
    if (!text.endsWith(SEPARATOR + SEPARATOR)) {
      throw new MalformedResponseException("two octets 01 must end it");
    }
    return text.substring(0, text.length() - 2).split(SEPARATOR, -1);
  }

  private static Optional<String> authorization(String... parts) throws MalformedResponseException {
    Map<String, String> values = new HashMap<>();
    for (int i = 1; i < parts.length; i++) {
      Matcher pair = PAIR.matcher(parts[i]);
      if (!pair.matches() || values.put(pair.group("key"), pair.group("value")) != null) {
        throw new MalformedResponseException("not a series of keys with one value each");
      }
    }
    return Optional.ofNullable(values.get("auth"));
  }

  /** Returns the token; empty if the client sends none or uses another scheme. */
  Optional<String> token() {
    return authorization
        .map(BEARER::matcher)
        .filter(Matcher::matches)
        .map(bearer -> bearer.group("token"));
  }

  /** Returns whether the client only asks where to get a token (RFC 7628, section 4.3). */
  boolean isDiscovery() {
    return authorization.filter(String::isEmpty).isPresent();
  }

  /** Reveals nothing: a token is as good as a password. */
  @Override
  public String toString() {
    return "BearerRequest";
  }
}
