// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.sasl;

import java.util.Optional;

/**
 * An exchange in which the client speaks first. If the client sends no initial response, it gets an
 * empty challenge (RFC 4954, section 4).
 */
public final class InitialResponse implements SaslExchange {

  /** The exchange from the first response on. */
  public interface Responses {

    /** Takes a response and returns the outcome. May block. */
    SaslOutcome next(byte[] response);
  }

  private final Responses responses;
  private boolean asked;

  /** Makes an exchange. */
  public InitialResponse(Responses responses) {
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
