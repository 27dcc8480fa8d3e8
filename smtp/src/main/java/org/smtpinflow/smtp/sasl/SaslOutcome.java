// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.sasl;

import java.util.Optional;
import org.smtpinflow.api.Client;

/** The outcome of one step of an authentication exchange. */
public sealed interface SaslOutcome {

  /**
   * Returns the verdict on the client if this step has reached one. An exchange has at most one
   * verdict, and nothing that the client does next changes it.
   */
  default Optional<Verdict> verdict() {
    return Optional.empty();
  }

  /** The decision whether the client is who it claims to be. */
  sealed interface Verdict extends SaslOutcome {

    @Override
    default Optional<Verdict> verdict() {
      return Optional.of(this);
    }
  }

  /** The client has proved its identity. Ends the exchange. */
  record Accepted(Client.Identity identity) implements Verdict {}

  /**
   * The client has not proved its identity. Ends the exchange. The reply does not reveal whether
   * the user is unknown or the credentials are wrong.
   */
  record Refused() implements Verdict {}

  /**
   * The exchange continues: the client must answer this challenge.
   *
   * @param text sent in UTF-8; may be empty
   */
  record Challenge(String text) implements SaslOutcome {}

  /**
   * The verdict has been reached, and the mechanism sends it in a last challenge. The client has to
   * acknowledge it: a success by an empty response (RFC 4954, section 4), a refusal by any response
   * (RFC 7628, section 3.2.3). The mechanism does not see the acknowledgement.
   *
   * @param text sent in UTF-8
   */
  record LastChallenge(Verdict reached, String text) implements SaslOutcome {

    @Override
    public Optional<Verdict> verdict() {
      return Optional.of(reached);
    }
  }

  /**
   * The response does not follow the syntax of the mechanism. Ends the exchange without a verdict.
   *
   * @param why what is wrong, for the client; quotes nothing that it sent
   */
  record Malformed(String why) implements SaslOutcome {}

  /**
   * The credentials cannot be checked now; the reason has been logged. Ends the exchange without a
   * verdict. The client may try again later.
   */
  record Unavailable() implements SaslOutcome {}
}
