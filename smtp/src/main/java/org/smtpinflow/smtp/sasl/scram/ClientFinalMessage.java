// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.sasl.scram;

import java.security.MessageDigest;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.smtpinflow.smtp.sasl.MalformedResponseException;
import org.smtpinflow.smtp.sasl.StrictUtf8;

/** The client's final message (RFC 5802, section 7). */
final class ClientFinalMessage {

  // Repeated groups are possessive: the others recurse once for each repetition.
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

  /** Returns the message without its proof, as the client sent and signed it. */
  String withoutProof() {
    return withoutProof;
  }

  /**
   * Returns whether the client saw the same channel and the same GS2 header as the server.
   *
   * @param expected the GS2 header, followed by the channel binding data if the client uses channel
   *     binding
   */
  boolean binds(byte[] expected) {
    return MessageDigest.isEqual(channelBinding, expected);
  }

  /** Returns the nonce: the client's part and the server's. */
  String nonce() {
    return nonce;
  }

  /** Returns the proof that the client knows the password. */
  byte[] proof() {
    return proof.clone();
  }

  /** Reveals nothing: a proof allows offline guessing of the password. */
  @Override
  public String toString() {
    return "ClientFinalMessage";
  }
}
