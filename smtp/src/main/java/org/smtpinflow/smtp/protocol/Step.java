// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.protocol;

import org.smtpinflow.smtp.content.ContentSink;

/**
 * What a {@link SmtpSession} needs before it can go on: more input, an answer, or nothing any more.
 */
public sealed interface Step {

  /**
   * All input has been consumed, but for the beginning of a command that may be there; the session
   * needs more.
   */
  record NeedInput() implements Step {}

  /**
   * May this recipient be accepted? Answer with {@link SmtpSession#answer}; the recipient is
   * accepted if the reply is positive.
   */
  record AskRecipient(RecipientRequest request) implements Step {}

  /**
   * A message has arrived in full: who takes the responsibility for it? Answer with {@link
   * SmtpSession#answer}. The one who is asked owns the content.
   */
  record AskMessage(ReceivedMail mail) implements Step {}

  /**
   * The content sink must be flushed. Flush it on a thread that may block, then call {@link
   * SmtpSession#flushed} or {@link SmtpSession#flushFailed}; or, if the session is to end, one of
   * the methods that end it, but not before the flush is over.
   */
  record AwaitFlush(ContentSink sink) implements Step {}

  /** Send the output that there still is, then close the connection. */
  record Close() implements Step {}
}
