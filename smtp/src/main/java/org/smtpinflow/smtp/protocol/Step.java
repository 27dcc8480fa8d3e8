// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.protocol;

import java.util.Optional;
import org.smtpinflow.smtp.content.ContentSink;
import org.smtpinflow.smtp.sasl.SaslExchange;

/**
 * The thing that a {@link SmtpSession} needs before it can continue: more input, an answer, or
 * nothing more.
 */
public sealed interface Step {

  /**
   * All input has been consumed, except perhaps the beginning of a command; the session needs more.
   */
  record NeedInput() implements Step {}

  /** May this recipient be accepted? Answer with {@link SmtpSession#answer(RecipientDecision)}. */
  record AskRecipient(RecipientRequest request) implements Step {}

  /**
   * A message has arrived in full: is it accepted? Answer with {@link
   * SmtpSession#answer(java.util.List)}. The receiver of this step owns the content.
   */
  record AskMessage(ReceivedMail mail) implements Step {}

  /**
   * The content sink must be flushed. Flush it on a thread that may block, then call {@link
   * SmtpSession#flushed} or {@link SmtpSession#flushFailed}. The session may end meanwhile.
   */
  record AwaitFlush(ContentSink sink) implements Step {}

  /**
   * The connection changes to TLS: send all output, do the handshake, then call {@link
   * SmtpSession#tlsStarted}, or {@link SmtpSession#abort} if it failed.
   *
   * <p>If there is input after STARTTLS that the session was not offered yet, {@link
   * SmtpSession#advance} must be called with it at once, before the output is taken. That input was
   * sent in clear text, possibly by an attacker, and ends the session (RFC 3207, section 4.2;
   * CVE-2011-0411).
   */
  record StartTls() implements Step {}

  /**
   * The client authenticates: call {@link SaslExchange#next} on a thread that may block, then
   * {@link SmtpSession#authenticated} with what it returned.
   *
   * @param mechanism the name of the mechanism
   * @param response the argument of that call. It may contain a password
   */
  record AskAuthentication(String mechanism, SaslExchange exchange, Optional<byte[]> response)
      implements Step {

    /** Reveals nothing. */
    @Override
    public String toString() {
      return "AskAuthentication";
    }
  }

  /** Send the remaining output, then close the connection. */
  record Close() implements Step {}
}
