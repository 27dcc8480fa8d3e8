// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.sasl;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The client's first message (RFC 5802, section 7). Kept as it was sent, as both sides sign its
 * very octets.
 *
 * @param gs2Header the GS2 header, which the client repeats, under its signature, in its final
 *     message
 * @param flag {@code n}: the client cannot bind to the channel; {@code y}: it can, but believes
 *     that the server cannot; {@code p}: it does
 * @param bindingType the channel binding that it uses, if it does
 * @param authzid whom it wants to act for; empty if it does not say
 * @param user the user's name
 * @param nonce the client's part of the nonce
 * @param bare the message without the header
 */
record ClientFirstMessage(
    String gs2Header,
    char flag,
    Optional<String> bindingType,
    String authzid,
    String user,
    String nonce,
    String bare) {

  // Loops over groups are possessive, as others would go as deep into the stack as they are long.
  private static final Pattern MESSAGE =
      Pattern.compile(
          "(?<header>(?<flag>[ny]|p=(?<type>[A-Za-z0-9.-]+)),(a=(?<authzid>[^,\\x00]+))?,)"
              + "(?<bare>n=(?<user>[^,\\x00]+),r=(?<nonce>[\\x21-\\x7e&&[^,]]+)(?:,[A-Za-z]=[^,\\x00]++)*+)");
  private static final Pattern MANDATORY_EXTENSION =
      Pattern.compile("([ny]|p=[^,]*),[^,]*,m=.*", Pattern.DOTALL);

  /** A longer nonce serves nobody: 18 octets are usual, and it is sent back. */
  private static final int MAX_NONCE = 512;

  static ClientFirstMessage parse(byte[] octets) throws MalformedResponseException {
    String text = StrictUtf8.text(octets);
    if (MANDATORY_EXTENSION.matcher(text).matches()) {
      // RFC 5802, section 5.1, "m": whoever does not know the extension must fail.
      throw new MalformedResponseException("an extension that this server does not know");
    }
    Matcher matcher = MESSAGE.matcher(text);
    if (!matcher.matches() || matcher.group("nonce").length() > MAX_NONCE) {
      throw new MalformedResponseException("not a client-first-message of RFC 5802");
    }
    String authzid = matcher.group("authzid");
    return new ClientFirstMessage(
        matcher.group("header"),
        matcher.group("flag").charAt(0),
        Optional.ofNullable(matcher.group("type")),
        authzid == null ? "" : saslName(authzid),
        saslName(matcher.group("user")),
        matcher.group("nonce"),
        matcher.group("bare"));
  }

  /** Reads a {@code saslname}: {@code =2C} is a comma, {@code =3D} an equals sign, no other. */
  static String saslName(String text) throws MalformedResponseException {
    if (text.replace("=2C", "").replace("=3D", "").indexOf('=') >= 0) {
      throw new MalformedResponseException("a name in which = is not followed by 2C or 3D");
    }
    return text.replace("=2C", ",").replace("=3D", "=");
  }

  /** Says nothing of whom it is about. */
  @Override
  public String toString() {
    return "ScramClientFirst";
  }
}
