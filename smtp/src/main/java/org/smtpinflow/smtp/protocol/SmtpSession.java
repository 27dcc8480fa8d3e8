// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.protocol;

import io.netty.buffer.ByteBuf;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import org.smtpinflow.api.Client;
import org.smtpinflow.smtp.content.ContentStore;

/**
 * The server's side of one SMTP session (RFC 5321), without I/O: bytes in; replies, and questions
 * for whoever drives it, out. Used by one thread at a time.
 */
public final class SmtpSession {

  public SmtpSession(
      SessionConfig config,
      InetSocketAddress remoteAddress,
      Client.Listener listener,
      ContentStore store,
      InstantSource clock) {}

  /** Begins the session: the greeting is put into the output. */
  public Step start() {
    throw pending();
  }

  /**
   * Reads as much of the input as it can: until all is consumed, or an answer is needed, or the
   * session is over. Bytes that it leaves unread must be offered again, before any that came later.
   */
  public Step advance(ByteBuf input) {
    throw pending();
  }

  /** Answers {@link Step.AskRecipient} or {@link Step.AskMessage}; then {@link #advance} again. */
  public void answer(Reply reply) {
    throw pending();
  }

  /** Says that the sink of {@link Step.AwaitFlush} was flushed; then {@link #advance} again. */
  public void flushed() {
    throw pending();
  }

  /** Says that the flush of {@link Step.AwaitFlush} failed; then {@link #advance} again. */
  public void flushFailed() {
    throw pending();
  }

  /** Moves the replies that are to be sent, if any, to the end of {@code target}. */
  public void drainOutput(ByteBuf target) {
    throw pending();
  }

  /** Returns how long to wait for the client's next bytes before {@link #expire} is due. */
  public Duration timeout() {
    throw pending();
  }

  /** Ends the session because the client was silent for too long: 421 4.4.2. */
  public Step expire() {
    throw pending();
  }

  /**
   * Asks the session to end as soon as no mail transaction is open: at once, or when the
   * transaction ends. From now on MAIL is answered with 421 4.3.2.
   *
   * @return {@link Step.Close} if it ended at once, or else what it was waiting for before
   */
  public Step drain() {
    throw pending();
  }

  /** Ends the session at once because the server stops: 421 4.3.2. */
  public Step shutDown() {
    throw pending();
  }

  /** Says that the connection is gone: throws away what was not handed over. */
  public void abort() {
    throw pending();
  }

  private static RuntimeException pending() {
    return new UnsupportedOperationException();
  }
}
