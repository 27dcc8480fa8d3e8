// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.sasl;

import java.util.Optional;

/**
 * An exchange in which the client speaks first: one that sent no initial response is asked for it
 * with an empty challenge (RFC 4954, section 4).
 */
final class InitialResponse implements SaslExchange {

  /** What follows, and sees only what the client sent. */
  interface Responses {

    SaslOutcome next(byte[] response);
  }

  private final Responses responses;
  private boolean asked;

  InitialResponse(Responses responses) {
    this.responses = responses;
  }

  @Override
  public SaslOutcome next(Optional<byte[]> response) {
    if (response.isEmpty() && !asked) {
      asked = true;
      return new SaslOutcome.Challenge("");
    }
    asked = true;
    return responses.next(response.orElse(new byte[0]));
  }
}
