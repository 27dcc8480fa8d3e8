// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.sasl.credentials;

import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.smtpinflow.smtp.sasl.scram.ScramVerifier;

/**
 * Verifiers for unknown user names. A name always gets the same salt. Its iteration count and salt
 * length are those of a real user, and each combination is as frequent among decoys as among real
 * users. So the server's first message does not reveal whether a name is known.
 */
final class DecoyVerifiers {

  private static final Shape USUAL = new Shape(ScramVerifier.USUAL_ITERATIONS, 16);

  private final DecoyKey key;

  /** How many users have verifiers of each shape. */
  private final Map<Shape, Long> shapes;

  /** What a client sees of a verifier, besides the octets of the salt. */
  private record Shape(int iterations, int saltOctets) {}

  DecoyVerifiers(DecoyKey key, Collection<ScramVerifier> users) {
    this.key = key;
    this.shapes =
        users.stream()
            .map(verifier -> new Shape(verifier.iterations(), verifier.salt().length))
            .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
  }

  /** Returns the decoy for a prepared name. */
  ScramVerifier of(String user) {
    Shape shape = shapeOf(user);
    return ScramVerifier.decoy(
        shape.iterations, salt(user, shape.saltOctets), key.hmac("key", user));
  }

  /**
   * Chooses by weighted rendezvous hashing: a new user can change the shape of a decoy only to the
   * shape of the new user's verifier, so hardly any decoy changes when the file changes.
   */
  private Shape shapeOf(String user) {
    return shapes.entrySet().stream()
        .min(Comparator.comparingDouble(entry -> draw(user, entry.getKey()) / entry.getValue()))
        .map(Map.Entry::getKey)
        .orElse(USUAL);
  }

  /** Returns an exponentially distributed number, always the same for a name and a shape. */
  private double draw(String user, Shape shape) {
    long bits = ByteBuffer.wrap(key.hmac(shape.toString(), user)).getLong() >>> 11;
    return -Math.log((bits + 0.5) / (1L << 53));
  }

  private byte[] salt(String user, int octets) {
    ByteBuffer salt = ByteBuffer.allocate(octets);
    for (int i = 0; salt.hasRemaining(); i++) {
      byte[] part = key.hmac("salt" + i, user);
      salt.put(part, 0, Math.min(part.length, salt.remaining()));
    }
    return salt.array();
  }
}
