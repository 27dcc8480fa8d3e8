// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.protocol;

import io.netty.buffer.ByteBuf;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.smtpinflow.api.Client;
import org.smtpinflow.smtp.content.ContentStore;

/**
 * The server's side of one SMTP session (RFC 5321), without I/O: bytes in; replies, and questions
 * for whoever drives it, out. Used by one thread at a time.
 *
 * <p>The {@link Step} that {@link #advance} returns says what the session needs before it can go
 * on. After any call there may be output to send; the driver sends it no later than when it waits
 * for something. While somebody flushes a sink, nothing but {@link #drain} may be called.
 */
public final class SmtpSession {

  private final SessionConfig config;
  private final Conversation conversation;
  private final CommandReader commands = new CommandReader();

  /**
   * Makes a session for a connection that was accepted.
   *
   * @param remoteAddress where the connection comes from; resolved, as an accepted one is
   * @param listener the listener that accepted it
   * @param store where content is kept until somebody takes the responsibility for it
   * @param clock tells the time for trace fields and ids
   */
  public SmtpSession(
      SessionConfig config,
      InetSocketAddress remoteAddress,
      Client.Listener listener,
      ContentStore store,
      InstantSource clock) {
    this.config = config;
    this.conversation = new Conversation(config, remoteAddress, listener, store, clock);
  }

  /** Begins the session: the greeting is put into the output. */
  public Step start() {
    conversation.greet();
    return conversation.step();
  }

  /**
   * Reads as much of the input as it can: until all is consumed but the beginning of a command, or
   * an answer or a flush is needed, or the session is over. Bytes that it leaves unread must be
   * offered again, before any that came later.
   *
   * @throws IllegalStateException if an answer or a flush is still awaited
   */
  public Step advance(ByteBuf input) {
    Step step = conversation.step();
    if (!(step instanceof Step.NeedInput) && !(step instanceof Step.Close)) {
      throw new IllegalStateException("session awaits the outcome of " + nameOf(step));
    }
    while (conversation.step() instanceof Step.NeedInput && proceed(input)) {
      // One command or stretch of content after the other.
    }
    return conversation.step();
  }

  /** Returns false if there is not enough input to go on. */
  private boolean proceed(ByteBuf input) {
    return conversation.isReadingContent() ? conversation.readContent(input) : readCommand(input);
  }

  private boolean readCommand(ByteBuf input) {
    try {
      Optional<CommandLine> command = commands.read(input);
      command.ifPresent(conversation::obey);
      return command.isPresent();
    } catch (CommandRefusedException e) {
      conversation.refuseLine(e);
      return true;
    }
  }

  /**
   * Answers {@link Step.AskRecipient} or {@link Step.AskMessage}; then {@link #advance} again. The
   * reply is sent as it is, and a 421 ends the session. An answer that comes after the session has
   * ended is of no effect.
   *
   * @throws IllegalStateException if no answer is awaited
   * @throws IllegalArgumentException if the reply is 3yz or has no enhanced status code
   */
  public void answer(Reply reply) {
    if (reply.status().isEmpty()) {
      throw new IllegalArgumentException(
          "answer " + reply.code() + " has no enhanced status code, which every outcome has");
    }
    Step step = conversation.step();
    if (step instanceof Step.AskRecipient question) {
      conversation.answerRecipient(question.request().recipient(), reply);
    } else if (step instanceof Step.AskMessage) {
      conversation.answerMessage(reply);
    } else if (!(step instanceof Step.Close)) {
      throw new IllegalStateException("session awaits no answer");
    }
  }

  /**
   * Says that the sink of {@link Step.AwaitFlush} was flushed; then {@link #advance} again.
   *
   * @throws IllegalStateException if no flush is awaited
   */
  public void flushed() {
    flushed(true);
  }

  /**
   * Says that the flush of {@link Step.AwaitFlush} failed; then {@link #advance} again. The message
   * is refused with 452 4.3.1 when its rest has been read.
   *
   * @throws IllegalStateException if no flush is awaited
   */
  public void flushFailed() {
    flushed(false);
  }

  private void flushed(boolean successful) {
    if (!(conversation.step() instanceof Step.AwaitFlush)) {
      throw new IllegalStateException("session awaits no flush");
    }
    conversation.flushed(successful);
  }

  /** Moves the replies that are to be sent, if any, to the end of {@code target}. */
  public void drainOutput(ByteBuf target) {
    conversation.drainReplies(target);
  }

  /**
   * Returns how long to wait for the client's next bytes before {@link #expire} is due. It changes
   * when content begins or ends, and says nothing about how long an answer or a flush may take.
   */
  public Duration timeout() {
    return conversation.isReadingContent() ? config.timeouts().data() : config.timeouts().command();
  }

  /** Ends the session because the client was silent for too long: 421 4.4.2. */
  public Step expire() {
    conversation.end(
        conversation.isReadingContent() ? Replies.CONTENT_TIMEOUT : Replies.COMMAND_TIMEOUT);
    return conversation.step();
  }

  /**
   * Asks the session to end with 421 4.3.2 as soon as no mail transaction is open: at once, or when
   * the transaction has ended and its last reply was given.
   *
   * @return {@link Step.Close} if it ended at once, or else what it was waiting for before
   */
  public Step drain() {
    conversation.drain();
    return conversation.step();
  }

  /**
   * Ends the session at once because the server stops: 421 4.3.2. A question that it asked needs no
   * answer any more.
   */
  public Step shutDown() {
    conversation.end(Replies.SHUTTING_DOWN);
    return conversation.step();
  }

  /** Says that the connection is gone: throws away what was not handed over. */
  public void abort() {
    conversation.abort();
  }

  private static String nameOf(Step step) {
    return step.getClass().getSimpleName();
  }
}
