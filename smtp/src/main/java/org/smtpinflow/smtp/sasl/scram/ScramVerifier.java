// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.sasl.scram;

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
 * The authentication information of one user for SCRAM-SHA-256 (RFC 5802, section 3): iteration
 * count, salt, StoredKey and ServerKey. It does not contain the password, but it allows offline
 * guessing, and impersonation of the server.
 */
public final class ScramVerifier {

  /** The smallest iteration count that RFC 7677, section 4, allows. */
  static final int MIN_ITERATIONS = 4096;

  /** The largest iteration count that is accepted; above it a single check takes seconds. */
  static final int MAX_ITERATIONS = 10_000_000;

  /**
   * The iteration count of new verifiers. The client repeats the computation at each
   * authentication, and a telephone must be able to. Clients built on Cyrus SASL, such as Postfix,
   * refuse larger counts (its MAX_ITERATION_COUNTER).
   */
  public static final int USUAL_ITERATIONS = 65_536;

  private static final int KEY_BYTES = 32;
  private static final int MIN_SALT_BYTES = 8;

  // As in RFC 5803, section 3, with the name of this mechanism.
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

  /**
   * Makes a verifier. Slow by design.
   *
   * @param password the prepared password; not kept
   */
  public static ScramVerifier of(char[] password, byte[] salt, int iterations) {
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

  /**
   * Makes a verifier without a password.
   *
   * @param key 32 octets, used for both StoredKey and ServerKey. Must not be the hash of a known
   *     value
   */
  public static ScramVerifier decoy(int iterations, byte[] salt, byte[] key) {
    return new ScramVerifier(iterations, salt, key, key);
  }

  /**
   * Parses a verifier in the format of {@link #format}.
   *
   * @throws IllegalArgumentException if the text is invalid; the message names the invalid part and
   *     what is allowed, and quotes nothing of the text
   */
  public static ScramVerifier parse(String text) {
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
      // Without the cause: its message quotes a character of the text.
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

  /** Returns the verifier as {@code SCRAM-SHA-256$iterations:salt$StoredKey:ServerKey}. */
  public String format() {
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

  /** Returns the iteration count. */
  public int iterations() {
    return iterations;
  }

  /** Returns the salt. */
  public byte[] salt() {
    return salt.clone();
  }

  /** Returns whether a prepared password is the right one. Slow by design. */
  public boolean isOf(char[] password) {
    return MessageDigest.isEqual(storedKey, of(password, salt, iterations).storedKey);
  }

  /** Returns whether a client's proof shows that it knows the password. */
  boolean proves(byte[] clientProof, String authMessage) {
    return clientProof.length == KEY_BYTES
        && ScramFunctions.verifyClientProof(
            ScramMechanism.SCRAM_SHA_256, clientProof, storedKey, authMessage);
  }

  /** Returns the signature that proves to the client that this server has its verifier. */
  byte[] serverSignature(String authMessage) {
    return ScramFunctions.serverSignature(ScramMechanism.SCRAM_SHA_256, serverKey, authMessage);
  }

  /** Reveals nothing: every part of a verifier is confidential. */
  @Override
  public String toString() {
    return "ScramVerifier";
  }

  // The library's function would prepare the password again and leave a copy on the heap.
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
