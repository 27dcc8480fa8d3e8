// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.sasl;

import java.util.Optional;

/** An authentication exchange with one client. Used by one thread at a time. */
public interface SaslExchange {

  /**
   * Takes a response of the client and returns the outcome. May block; never called on an event
   * loop. Not called again after any outcome other than {@link SaslOutcome.Challenge}.
   *
   * @param response the decoded response; at the first call the initial response, which is empty if
   *     the client sent none. A mechanism in which the client speaks first then returns an empty
   *     challenge (RFC 4954, section 4)
   */
  SaslOutcome next(Optional<byte[]> response);
}
