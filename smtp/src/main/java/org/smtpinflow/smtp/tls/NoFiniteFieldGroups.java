// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.tls;

import java.security.AlgorithmConstraints;
import java.security.AlgorithmParameters;
import java.security.CryptoPrimitive;
import java.security.Key;
import java.util.Locale;
import java.util.Set;

/**
 * Excludes the finite-field groups (ffdhe2048 to ffdhe8192, RFC 7919) from the key agreement of one
 * engine. A client that makes up its public value spends nothing on them, but the server spends up
 * to 30 ms on each ClientHello. Every client that supports TLS 1.2 with forward secrecy also
 * supports elliptic curves.
 *
 * <p>The JDK asks the constraints of an engine about each group, in TLS 1.3 and 1.2. {@code
 * SSLParameters.setNamedGroups} would do the same, but only since JDK 20, and the property {@code
 * jdk.tls.namedGroups} applies to the whole Java virtual machine. The JDK's own constraints ({@code
 * jdk.tls.disabledAlgorithms}) stay in force.
 */
final class NoFiniteFieldGroups implements AlgorithmConstraints {

  @Override
  public boolean permits(
      Set<CryptoPrimitive> primitives, String algorithm, AlgorithmParameters parameters) {
    return !primitives.contains(CryptoPrimitive.KEY_AGREEMENT) || !isFiniteField(algorithm);
  }

  @Override
  public boolean permits(Set<CryptoPrimitive> primitives, Key key) {
    return permits(primitives, key.getAlgorithm(), null);
  }

  @Override
  public boolean permits(
      Set<CryptoPrimitive> primitives, String algorithm, Key key, AlgorithmParameters parameters) {
    return permits(primitives, algorithm, parameters) && permits(primitives, key);
  }

  private static boolean isFiniteField(String algorithm) {
    String name = algorithm.toLowerCase(Locale.ROOT);
    return name.startsWith("ffdhe") || name.equals("diffiehellman") || name.equals("dh");
  }
}
