// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.sasl;

import org.smtpinflow.api.Client;

/** What comes of a client's response in an authentication exchange. */
public sealed interface SaslOutcome {

  /**
   * The exchange goes on: the client must answer this challenge.
   *
   * @param text what is sent, in UTF-8; may be empty
   */
  record Challenge(String text) implements SaslOutcome {}

  /** The client has proved who it is. */
  record Accepted(Client.Identity identity) implements SaslOutcome {}

  /** It has not: the credentials are wrong, or nobody of that name is known. Nobody says which. */
  record Refused() implements SaslOutcome {}

  /**
   * The response is not what the mechanism asks for.
   *
   * @param why what is wrong with it, for the client; without anything that it sent
   */
  record Malformed(String why) implements SaslOutcome {}

  /** Nobody can tell now; the reason has been logged. The client may try again later. */
  record Unavailable() implements SaslOutcome {}
}
