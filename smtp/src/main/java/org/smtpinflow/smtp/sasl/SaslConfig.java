// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.sasl;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The mechanisms of a server and the sources that they check credentials against.
 *
 * @param mechanisms names of mechanisms, in upper or lower case and in any order
 * @param passwords checks the passwords of PLAIN and LOGIN
 * @param scram makes SCRAM-SHA-256 and SCRAM-SHA-256-PLUS
 * @param oauth the issuer of the tokens of OAUTHBEARER and XOAUTH2
 */
public record SaslConfig(
    List<String> mechanisms,
    Optional<PasswordVerifier> passwords,
    Optional<ScramFactory> scram,
    Optional<OauthConfig> oauth) {

  /** Copies the list; no argument may be null. */
  public SaslConfig {
    mechanisms = List.copyOf(mechanisms);
    Objects.requireNonNull(passwords, "passwords");
    Objects.requireNonNull(scram, "scram");
    Objects.requireNonNull(oauth, "oauth");
  }
}
