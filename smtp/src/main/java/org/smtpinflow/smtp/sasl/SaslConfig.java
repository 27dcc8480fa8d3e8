// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.sasl;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * How clients may prove who they are.
 *
 * @param mechanisms names of mechanisms, in capitals or not, in no order
 * @param passwords who checks passwords: for PLAIN and LOGIN
 * @param credentials verifiers of passwords: for SCRAM-SHA-256 and SCRAM-SHA-256-PLUS
 * @param oauth whose tokens are good: for OAUTHBEARER and XOAUTH2
 */
public record SaslConfig(
    List<String> mechanisms,
    Optional<PasswordVerifier> passwords,
    Optional<CredentialsFile> credentials,
    Optional<OauthConfig> oauth) {

  /** Copies the list; no argument may be null. */
  public SaslConfig {
    mechanisms = List.copyOf(mechanisms);
    Objects.requireNonNull(passwords, "passwords");
    Objects.requireNonNull(credentials, "credentials");
    Objects.requireNonNull(oauth, "oauth");
  }
}
