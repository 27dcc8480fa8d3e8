// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.sasl;

import com.ongres.saslprep.SASLprep;
import com.ongres.stringprep.Profile;
import java.util.Optional;

/** Brings names and passwords into the one form in which they are compared: SASLprep (RFC 4013). */
final class SaslPrep {

  // Named, not looked up: the look-up would ask the context class loader.
  private static final Profile SASLPREP = new SASLprep();

  private SaslPrep() {}

  /** Prepares a name that a client sent; empty if it is not allowed or nothing is left of it. */
  static Optional<String> ofName(String name) {
    return ofSecret(name.toCharArray()).map(String::new);
  }

  /**
   * Prepares a password that a client sent, into an array that the caller must clear.
   *
   * @return empty if the password is not allowed or nothing is left of it
   */
  static Optional<char[]> ofSecret(char[] secret) {
    if (secret.length == 0) {
      return Optional.empty();
    }
    if (isPrintableAscii(secret)) {
      return Optional.of(secret.clone()); // which stays as it is, and leaves no copy on the heap
    }
    return prepare(() -> SASLPREP.prepareQuery(secret));
  }

  /**
   * Prepares a name that is to be stored. Unlike in one that a client sent, code points that
   * Unicode 3.2 does not know are not allowed (RFC 3454, section 7).
   */
  static Optional<String> ofStoredName(String name) {
    return prepare(() -> SASLPREP.prepareStored(name.toCharArray())).map(String::new);
  }

  /** Prepares a password that is to be stored. */
  static Optional<char[]> ofStoredSecret(char[] secret) {
    return prepare(() -> SASLPREP.prepareStored(secret));
  }

  private interface Preparing {
    char[] prepare();
  }

  private static Optional<char[]> prepare(Preparing preparing) {
    try {
      return Optional.of(preparing.prepare()).filter(prepared -> prepared.length > 0);
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      // The latter when mapping leaves nothing, such as of a soft hyphen alone.
      return Optional.empty();
    }
  }

  private static boolean isPrintableAscii(char[] chars) {
    for (char c : chars) {
      if (c < ' ' || c > '~') {
        return false;
      }
    }
    return true;
  }
}
