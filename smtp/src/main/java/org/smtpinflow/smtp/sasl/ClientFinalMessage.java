// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.sasl;

import java.security.MessageDigest;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The client's final message (RFC 5802, section 7). */
final class ClientFinalMessage {

  // Loops over groups are possessive, as others would go as deep into the stack as they are long.
  private static final Pattern MESSAGE =
      Pattern.compile(
          "(?<unsigned>c=(?<binding>[A-Za-z0-9+/=]+),r=(?<nonce>[\\x21-\\x7e&&[^,]]+)"
              + "(?:,[A-Za-z&&[^p]]=[^,\\x00]++)*+),p=(?<proof>[A-Za-z0-9+/=]+)");

  private final String withoutProof;
  private final byte[] channelBinding;
  private final String nonce;
  private final byte[] proof;

  private ClientFinalMessage(
      String withoutProof, byte[] channelBinding, String nonce, byte[] proof) {
    this.withoutProof = withoutProof;
    this.channelBinding = channelBinding;
    this.nonce = nonce;
    this.proof = proof;
  }

  static ClientFinalMessage parse(byte[] octets) throws MalformedResponseException {
    Matcher matcher = MESSAGE.matcher(StrictUtf8.text(octets));
    if (!matcher.matches()) {
      throw new MalformedResponseException("not a client-final-message of RFC 5802");
    }
    return new ClientFinalMessage(
        matcher.group("unsigned"),
        base64(matcher.group("binding")),
        matcher.group("nonce"),
        base64(matcher.group("proof")));
  }

  private static byte[] base64(String text) throws MalformedResponseException {
    try {
      return Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw new MalformedResponseException("an attribute that is not base64");
    }
  }

  /** Returns the message up to its proof, as it was sent and signed. */
  String withoutProof() {
    return withoutProof;
  }

  /**
   * Says whether the client saw the channel and the header that the server saw.
   *
   * @param expected the GS2 header and, if the client binds to the channel, what identifies it
   */
  boolean binds(byte[] expected) {
    return MessageDigest.isEqual(channelBinding, expected);
  }

  /** Returns the whole nonce. */
  String nonce() {
    return nonce;
  }

  /** Returns what shows that the client knows the password. */
  byte[] proof() {
    return proof.clone();
  }

  /** Says nothing: a proof lets whoever sees it try passwords. */
  @Override
  public String toString() {
    return "ScramClientFinal";
  }
}
