// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.protocol;

import java.util.Optional;
import org.smtpinflow.smtp.content.ContentSink;
import org.smtpinflow.smtp.sasl.SaslExchange;

/**
 * What a {@link SmtpSession} needs before it can go on: more input, an answer, or nothing any more.
 */
public sealed interface Step {

  /**
   * All input has been consumed, but for the beginning of a command that may be there; the session
   * needs more.
   */
  record NeedInput() implements Step {}

  /** May this recipient be accepted? Answer with {@link SmtpSession#answer(RecipientDecision)}. */
  record AskRecipient(RecipientRequest request) implements Step {}

  /**
   * A message has arrived in full: who takes responsibility for it? Answer with {@link
   * SmtpSession#answer(java.util.List)}. The one who is asked owns the content.
   */
  record AskMessage(ReceivedMail mail) implements Step {}

  /**
   * The content sink must be flushed. Flush it on a thread that may block, then call {@link
   * SmtpSession#flushed} or {@link SmtpSession#flushFailed}. The session may be ended meanwhile.
   */
  record AwaitFlush(ContentSink sink) implements Step {}

  /**
   * The connection changes to TLS: send all output, do the handshake, then call {@link
   * SmtpSession#tlsStarted}, or {@link SmtpSession#abort} if it failed.
   *
   * <p>If there is input behind STARTTLS that the session was not offered yet, {@link
   * SmtpSession#advance} must be called with it at once, before the output is taken. It was sent in
   * clear text, perhaps by somebody in between, and ends the session (RFC 3207, section 4.2; CVE
   * 2011-0411).
   */
  record StartTls() implements Step {}

  /**
   * The client authenticates: call {@link SaslExchange#next} on a thread that may block, then
   * {@link SmtpSession#authenticated} with what it returned.
   *
   * @param mechanism the name of the mechanism
   * @param response the argument of that call. It may have a password in it
   */
  record AskAuthentication(String mechanism, SaslExchange exchange, Optional<byte[]> response)
      implements Step {

    /** Reveals nothing. */
    @Override
    public String toString() {
      return "AskAuthentication";
    }
  }

  /** Send the output that there still is, then close the connection. */
  record Close() implements Step {}
}
