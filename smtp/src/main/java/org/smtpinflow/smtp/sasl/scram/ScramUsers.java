// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.sasl.scram;

import java.util.Optional;
import org.smtpinflow.api.Client;
import org.smtpinflow.smtp.sasl.AuthenticationUnavailableException;

/** The users that can authenticate by SCRAM. */
public interface ScramUsers {

  /**
   * Finds the verifier for a user name. May block. An unknown name gets a decoy, so that neither
   * the exchange nor the time that it takes reveals which names exist.
   *
   * @param user the prepared name
   * @throws AuthenticationUnavailableException if users cannot be looked up now; the reason has
   *     been logged
   */
  Candidate find(String user) throws AuthenticationUnavailableException;

  /**
   * A verifier and its user.
   *
   * @param identity empty if the name is unknown. The client must then be refused even if the
   *     verifier accepts its proof or password
   */
  record Candidate(ScramVerifier verifier, Optional<Client.Identity> identity) {}
}
