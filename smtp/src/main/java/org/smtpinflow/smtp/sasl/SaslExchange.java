// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.sasl;

import java.util.Optional;

/** One authentication exchange with one client. Used by one thread at a time. */
public interface SaslExchange {

  /**
   * Takes what the client sent, and says what comes of it. May block: it is never called on an
   * event loop. After any outcome but a challenge it is not called again.
   *
   * @param response what the client sent; at the first call the initial response, which is empty if
   *     there was none: a mechanism in which the client speaks first then answers with an empty
   *     challenge (RFC 4954, section 4)
   */
  SaslOutcome next(Optional<byte[]> response);
}
