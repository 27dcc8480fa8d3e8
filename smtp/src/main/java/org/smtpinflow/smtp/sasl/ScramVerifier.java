// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.sasl;

import com.ongres.scram.common.ScramFunctions;
import com.ongres.scram.common.ScramMechanism;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * What is kept of a password so that SCRAM-SHA-256 can check it: RFC 5802, section 3. It does not
 * give the password away, but whoever has it can try passwords at leisure, and pose as the server.
 */
final class ScramVerifier {

  /** RFC 7677, section 4: at least this many. */
  static final int MIN_ITERATIONS = 4096;

  /** Above it a single check takes seconds. */
  static final int MAX_ITERATIONS = 10_000_000;

  /**
   * What the command writes: the client has to do it each time, and a telephone can. More is
   * refused by clients built on Cyrus SASL, such as Postfix (its MAX_ITERATION_COUNTER).
   */
  static final int USUAL_ITERATIONS = 65_536;

  private static final int KEY_BYTES = 32;
  private static final int MIN_SALT_BYTES = 8;

  // As RFC 5803, section 3, but for the name of the mechanism.
  private static final Pattern TEXT =
      Pattern.compile(
          "SCRAM-SHA-256\\$([1-9][0-9]{0,8}):([A-Za-z0-9+/=]+)\\$([A-Za-z0-9+/=]+):([A-Za-z0-9+/=]+)");

  private final int iterations;
  private final byte[] salt;
  private final byte[] storedKey;
  private final byte[] serverKey;

  private ScramVerifier(int iterations, byte[] salt, byte[] storedKey, byte[] serverKey) {
    this.iterations = iterations;
    this.salt = salt;
    this.storedKey = storedKey;
    this.serverKey = serverKey;
  }

  /** Makes a verifier of a prepared password. Slow, on purpose. */
  static ScramVerifier of(char[] password, byte[] salt, int iterations) {
    byte[] salted = saltedPassword(password, salt, iterations);
    try {
      return new ScramVerifier(
          iterations,
          salt.clone(),
          ScramFunctions.storedKey(
              ScramMechanism.SCRAM_SHA_256,
              ScramFunctions.clientKey(ScramMechanism.SCRAM_SHA_256, salted)),
          ScramFunctions.serverKey(ScramMechanism.SCRAM_SHA_256, salted));
    } finally {
      Arrays.fill(salted, (byte) 0);
    }
  }

  /** Makes a verifier that no password fits, as far as anybody can tell. */
  static ScramVerifier ofNobody(int iterations, byte[] salt, byte[] key) {
    return new ScramVerifier(iterations, salt, key, key);
  }

  /**
   * Reads a verifier.
   *
   * @throws IllegalArgumentException if it is not one; the message says what is allowed and shows
   *     nothing of the text
   */
  static ScramVerifier parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "the verifier is not of the form SCRAM-SHA-256$iterations:salt$StoredKey:ServerKey");
    }
    int iterations = Integer.parseInt(matcher.group(1));
    if (iterations < MIN_ITERATIONS || iterations > MAX_ITERATIONS) {
      throw new IllegalArgumentException(
          "the number of iterations is not from " + MIN_ITERATIONS + " to " + MAX_ITERATIONS);
    }
    return new ScramVerifier(
        iterations,
        base64("salt", matcher.group(2), MIN_SALT_BYTES, Integer.MAX_VALUE),
        base64("StoredKey", matcher.group(3), KEY_BYTES, KEY_BYTES),
        base64("ServerKey", matcher.group(4), KEY_BYTES, KEY_BYTES));
  }

  private static byte[] base64(String name, String text, int minBytes, int maxBytes) {
    byte[] octets;
    try {
      octets = Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      // Without the cause: its message shows a character of the text.
      throw new IllegalArgumentException("the " + name + " is not base64");
    }
    if (octets.length < minBytes || octets.length > maxBytes) {
      throw new IllegalArgumentException(
          "the "
              + name
              + " has "
              + octets.length
              + " octets, not "
              + minBytes
              + (maxBytes == minBytes ? "" : " or more"));
    }
    return octets;
  }

  /** Writes the verifier as {@link #parse} reads it. */
  String format() {
    Base64.Encoder base64 = Base64.getEncoder();
    return "SCRAM-SHA-256$"
        + iterations
        + ":"
        + base64.encodeToString(salt)
        + "$"
        + base64.encodeToString(storedKey)
        + ":"
        + base64.encodeToString(serverKey);
  }

  int iterations() {
    return iterations;
  }

  byte[] salt() {
    return salt.clone();
  }

  /** Says whether a prepared password is the one. Slow, on purpose. */
  boolean isOf(char[] password) {
    return MessageDigest.isEqual(storedKey, of(password, salt, iterations).storedKey);
  }

  /** Says whether a client's proof shows that it knows the password. */
  boolean proves(byte[] clientProof, String authMessage) {
    return clientProof.length == KEY_BYTES
        && ScramFunctions.verifyClientProof(
            ScramMechanism.SCRAM_SHA_256, clientProof, storedKey, authMessage);
  }

  /** Returns the signature that shows the client that this server knows its verifier. */
  byte[] serverSignature(String authMessage) {
    return ScramFunctions.serverSignature(ScramMechanism.SCRAM_SHA_256, serverKey, authMessage);
  }

  /** Says nothing: every part of a verifier is to be kept from view. */
  @Override
  public String toString() {
    return "ScramVerifier";
  }

  // The library's own would prepare the password a second time, and leave that copy on the heap.
  private static byte[] saltedPassword(char[] password, byte[] salt, int iterations) {
    PBEKeySpec spec = new PBEKeySpec(password, salt, iterations, KEY_BYTES * Byte.SIZE);
    try {
      return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256").generateSecret(spec).getEncoded();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This Java runtime has no PBKDF2 with HMAC-SHA-256", e);
    } finally {
      spec.clearPassword();
    }
  }
}
