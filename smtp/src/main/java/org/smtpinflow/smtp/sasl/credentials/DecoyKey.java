// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.sasl.credentials;

import com.ongres.scram.common.ScramFunctions;
import com.ongres.scram.common.ScramMechanism;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import org.smtpinflow.smtp.sasl.scram.ScramVerifier;

/**
 * The key for computing the decoys of unknown users. It belongs to the credentials file: the salt
 * of a real user is the same after a restart and on each server that has a copy of the file, so the
 * salt of an unknown user must be the same as well.
 *
 * <p>In the file the key is in a line that starts like a comment. Versions that do not know the key
 * ignore the line. Anyone who can read the key can also read the names of the users in the file, so
 * the key reveals nothing more.
 */
final class DecoyKey {

  private static final String PREFIX = "#decoy-key:";
  private static final int OCTETS = 32;

  private final byte[] octets;

  private DecoyKey(byte[] octets) {
    this.octets = octets;
  }

  /** Makes a random key. */
  static DecoyKey random() {
    byte[] octets = new byte[OCTETS];
    new SecureRandom().nextBytes(octets);
    return new DecoyKey(octets);
  }

  /**
   * Makes a key for a file that has none, from the verifiers of all users. Each server that has the
   * same file makes the same key, and nobody can compute it without all verifiers. It changes when
   * a verifier changes.
   */
  static DecoyKey derivedFrom(Collection<ScramVerifier> verifiers) {
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
    digest.update("decoy-key".getBytes(StandardCharsets.US_ASCII));
    verifiers.stream()
        .map(ScramVerifier::format)
        .sorted()
        .forEach(text -> digest.update(("\n" + text).getBytes(StandardCharsets.US_ASCII)));
    return new DecoyKey(digest.digest());
  }

  /** Returns whether a line of a credentials file holds a key. */
  static boolean isIn(String line) {
    return line.startsWith(PREFIX);
  }

  /**
   * Parses a line that holds a key.
   *
   * @throws IllegalArgumentException if the key is invalid; the message quotes nothing of it
   */
  static DecoyKey parse(String line) {
    try {
      byte[] octets = Base64.getDecoder().decode(line.substring(PREFIX.length()).strip());
      if (octets.length == OCTETS) {
        return new DecoyKey(octets);
      }
    } catch (IllegalArgumentException e) {
      // Reported below, without the cause: its message quotes a character of the key.
    }
    throw new IllegalArgumentException("the decoy key is not " + OCTETS + " octets in base64");
  }

  /** Returns the lines for a credentials file: a comment and the key. */
  List<String> lines() {
    return List.of(
        "# The key for the salts that unknown users get. It stays with the file; keep it secret.",
        PREFIX + Base64.getEncoder().encodeToString(octets));
  }

  /** Returns 32 octets that depend on the key, a purpose and a user name, and reveal no key. */
  byte[] hmac(String purpose, String user) {
    return ScramFunctions.hmac(
        ScramMechanism.SCRAM_SHA_256,
        octets,
        (purpose + ":" + user).getBytes(StandardCharsets.UTF_8));
  }

  /** Reveals nothing. */
  @Override
  public String toString() {
    return "DecoyKey";
  }
}
