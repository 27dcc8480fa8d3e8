// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.sasl.scram;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.smtpinflow.smtp.sasl.MalformedResponseException;
import org.smtpinflow.smtp.sasl.SaslName;
import org.smtpinflow.smtp.sasl.StrictUtf8;

/**
 * The client's first message (RFC 5802, section 7). It is kept as it was sent because both sides
 * sign its octets.
 *
 * @param gs2Header the GS2 header; the client repeats it, signed, in its final message
 * @param flag {@code n} if the client does not support channel binding, {@code y} if it does but
 *     believes that the server does not, {@code p} if it uses channel binding
 * @param bindingType the type of the channel binding, if the client uses one
 * @param authzid the authorization identity; empty if the client does not send one
 * @param user the user's name
 * @param nonce the client's part of the nonce
 * @param bare the message without the GS2 header
 */
record ClientFirstMessage(
    String gs2Header,
    char flag,
    Optional<String> bindingType,
    String authzid,
    String user,
    String nonce,
    String bare) {

  // Repeated groups are possessive: the others recurse once for each repetition.
  private static final Pattern MESSAGE =
      Pattern.compile(
          "(?<header>(?<flag>[ny]|p=(?<type>[A-Za-z0-9.-]+)),(a=(?<authzid>[^,\\x00]+))?,)"
              + "(?<bare>n=(?<user>[^,\\x00]+),r=(?<nonce>[\\x21-\\x7e&&[^,]]+)(?:,[A-Za-z]=[^,\\x00]++)*+)");
  private static final Pattern MANDATORY_EXTENSION =
      Pattern.compile("([ny]|p=[^,]*),[^,]*,m=.*", Pattern.DOTALL);

  /** Octets; 18 are usual. The server sends the nonce back, so it must be bounded. */
  private static final int MAX_NONCE = 512;

  static ClientFirstMessage parse(byte[] octets) throws MalformedResponseException {
    String text = StrictUtf8.text(octets);
    if (MANDATORY_EXTENSION.matcher(text).matches()) {
      // RFC 5802, section 5.1, "m": an unknown mandatory extension must fail.
      throw new MalformedResponseException(
          "a mandatory extension that this server does not support");
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
        authzid == null ? "" : SaslName.decode(authzid),
        SaslName.decode(matcher.group("user")),
        matcher.group("nonce"),
        matcher.group("bare"));
  }

  /** Reveals nothing of the message. */
  @Override
  public String toString() {
    return "ClientFirstMessage";
  }
}
