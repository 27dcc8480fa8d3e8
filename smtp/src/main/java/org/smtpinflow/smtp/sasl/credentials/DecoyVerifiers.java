// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.sasl.credentials;

import com.ongres.scram.common.ScramFunctions;
import com.ongres.scram.common.ScramMechanism;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.List;
import org.smtpinflow.smtp.sasl.scram.ScramVerifier;

/**
 * Makes up a verifier for a name that nobody has, so that the server's first message does not tell
 * it from one that somebody has: always the same for the same name, and with the number of
 * iterations and the length of salt of one of the real users.
 */
final class DecoyVerifiers {

  private static final int USUAL_SALT_BYTES = 16;

  private static final byte[] SECRET_OF_THIS_PROCESS = new byte[32];

  static {
    new SecureRandom().nextBytes(SECRET_OF_THIS_PROCESS);
  }

  private final byte[] secret;

  private DecoyVerifiers(byte[] secret) {
    this.secret = secret;
  }

  static DecoyVerifiers ofThisProcess() {
    return new DecoyVerifiers(SECRET_OF_THIS_PROCESS);
  }

  ScramVerifier verifierOf(String user, CredentialsTable credentials) {
    byte[] seed = hmac("like:" + user);
    int iterations = ScramVerifier.USUAL_ITERATIONS;
    int saltBytes = USUAL_SALT_BYTES;
    List<ScramVerifier> verifiers = credentials.verifiers();
    if (!verifiers.isEmpty()) {
      int index = Math.floorMod(ByteBuffer.wrap(seed).getInt(), verifiers.size());
      iterations = verifiers.get(index).iterations();
      saltBytes = verifiers.get(index).salt().length;
    }
    return ScramVerifier.decoy(iterations, salt(user, saltBytes), hmac("key:" + user));
  }

  private byte[] salt(String user, int length) {
    byte[] salt = new byte[length];
    for (int i = 0; i < length; i += 32) {
      byte[] part = hmac("salt" + i + ":" + user);
      System.arraycopy(part, 0, salt, i, Math.min(part.length, length - i));
    }
    return salt;
  }

  private byte[] hmac(String text) {
    return ScramFunctions.hmac(
        ScramMechanism.SCRAM_SHA_256, secret, text.getBytes(StandardCharsets.UTF_8));
  }
}
