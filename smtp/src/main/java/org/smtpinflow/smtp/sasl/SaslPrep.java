// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.sasl;

import com.ongres.saslprep.SASLprep;
import com.ongres.stringprep.Profile;
import java.util.Optional;

/** SASLprep (RFC 4013): the form that names and passwords are compared in. */
public final class SaslPrep {

  // Not looked up by name: the lookup would use the context class loader.
  private static final Profile SASLPREP = new SASLprep();

  private SaslPrep() {}

  /**
   * Prepares a name that a client sent.
   *
   * @return empty if the name is not allowed or if the prepared name is empty
   */
  public static Optional<String> ofName(String name) {
    return ofSecret(name.toCharArray()).map(String::new);
  }

  /**
   * Prepares a password that a client sent.
   *
   * @return a new array, which the caller must clear; empty if the password is not allowed or if
   *     the prepared password is empty
   */
  public static Optional<char[]> ofSecret(char[] secret) {
    if (secret.length == 0) {
      return Optional.empty();
    }
    if (isPrintableAscii(secret)) {
      return Optional.of(secret.clone()); // unchanged by SASLprep, and without copies on the heap
    }
    return prepare(() -> SASLPREP.prepareQuery(secret));
  }

  /**
   * Prepares a name to be stored. Code points that are unassigned in Unicode 3.2 are not allowed,
   * unlike in names that a client sends (RFC 3454, section 7).
   *
   * @return empty if the name is not allowed or if the prepared name is empty
   */
  public static Optional<String> ofStoredName(String name) {
    return prepare(() -> SASLPREP.prepareStored(name.toCharArray())).map(String::new);
  }

  /**
   * Prepares a password to be stored; see {@link #ofStoredName}.
   *
   * @return a new array, which the caller must clear; empty if the password is not allowed or if
   *     the prepared password is empty
   */
  public static Optional<char[]> ofStoredSecret(char[] secret) {
    return prepare(() -> SASLPREP.prepareStored(secret));
  }

  private interface Preparing {
    char[] prepare();
  }

  private static Optional<char[]> prepare(Preparing preparing) {
    try {
      return Optional.of(preparing.prepare()).filter(prepared -> prepared.length > 0);
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      // Mapping may leave nothing, for example of a single soft hyphen.
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
