// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.protocol;

import io.netty.buffer.ByteBuf;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.smtpinflow.api.Client;
import org.smtpinflow.smtp.content.ContentStore;
import org.smtpinflow.smtp.protocol.SessionConfig.TlsPolicy;
import org.smtpinflow.smtp.sasl.SaslOutcome;
import org.smtpinflow.smtp.sasl.SecureChannel;

/**
 * The server's side of one session of SMTP (RFC 5321) or LMTP (RFC 2033), without I/O: it takes
 * octets, and returns replies and steps to its driver. Used by one thread at a time.
 *
 * <p>{@link #advance} returns the {@link Step} that the session needs before it can continue. After
 * any call there may be output to send. The driver sends it before it waits for something.
 */
public final class SmtpSession {

  private final SessionConfig config;
  private final ClientState client;
  private final SessionState state = new SessionState();
  private final SessionOutput output;
  private final MailCommands mail;
  private final AuthenticationExchange authentication;
  private final CommandHandler handler;
  private final CommandReader commands = new CommandReader();
  private long linesRead;

  /**
   * Makes a session for an accepted connection.
   *
   * @param remoteAddress the address of the client, resolved
   * @param listener the listener that accepted it
   * @param store keeps the content until the receiver takes responsibility for it
   * @param clock the clock for trace fields and ids
   */
  public SmtpSession(
      SessionConfig config,
      InetSocketAddress remoteAddress,
      Client.Listener listener,
      ContentStore store,
      InstantSource clock) {
    this.config = config;
    this.client = new ClientState(remoteAddress, listener);
    this.output = new SessionOutput(config.limits(), state);
    this.mail = new MailCommands(config, client, store, clock, state, output);
    this.authentication = new AuthenticationExchange(config, client, state, output);
    this.handler = new CommandHandler(config, client, mail, authentication, state, output);
  }

  /**
   * Begins a session in clear text: adds the greeting to the output.
   *
   * @throws IllegalStateException if the session is configured for implicit TLS
   */
  public Step start() {
    if (config.tls() == TlsPolicy.IMPLICIT) {
      throw new IllegalStateException("session of a listener with implicit TLS has no TLS channel");
    }
    handler.greet();
    return state.step();
  }

  /**
   * Begins a session inside TLS, after the handshake: adds the greeting to the output.
   *
   * @throws IllegalStateException if the session is not configured for implicit TLS
   */
  public Step start(SecureChannel channel) {
    if (config.tls() != TlsPolicy.IMPLICIT) {
      throw new IllegalStateException("session of a listener without implicit TLS has TLS");
    }
    client.secure(channel);
    handler.greet();
    return state.step();
  }

  /**
   * Reads as much of the input as possible: until only the beginning of a command is left, a step
   * is needed, or the session has ended. Octets that it leaves unread must be offered again, before
   * later ones.
   *
   * @throws IllegalStateException if the outcome of a step is still awaited
   */
  public Step advance(ByteBuf input) {
    Step step = state.step();
    boolean inputBeforeTls = step instanceof Step.StartTls && input.isReadable();
    if (!(step instanceof Step.NeedInput) && !(step instanceof Step.Close) && !inputBeforeTls) {
      throw new IllegalStateException("session awaits the outcome of " + nameOf(step));
    }
    while (state.needsInput() && proceed(input)) {
      // Reads one command or section of content after the other.
    }
    if (state.isStartingTls() && input.isReadable()) {
      handler.refuseTls();
    }
    return state.step();
  }

  /** Returns false if more input is needed to continue. */
  private boolean proceed(ByteBuf input) {
    if (state.isReadingContent()) {
      return mail.readContent(input);
    }
    return state.isAuthenticating() ? readResponse(input) : readCommand(input);
  }

  private boolean readCommand(ByteBuf input) {
    try {
      Optional<CommandLine> command = commands.read(input);
      if (command.isPresent()) {
        linesRead++;
        handler.handle(command.get());
      }
      return command.isPresent();
    } catch (CommandRefusedException e) {
      linesRead++;
      handler.refuseLine(e);
      return true;
    }
  }

  private boolean readResponse(ByteBuf input) {
    try {
      Optional<byte[]> response = commands.readResponse(input);
      if (response.isPresent()) {
        linesRead++;
        authentication.respond(response.get());
      }
      return response.isPresent();
    } catch (CommandRefusedException e) {
      linesRead++;
      authentication.refuse(e);
      return true;
    }
  }

  /**
   * Answers {@link Step.AskRecipient}; then call {@link #advance} again. A decision after the end
   * of the session has no effect.
   *
   * @throws IllegalStateException if the session does not await a decision on a recipient
   */
  public void answer(RecipientDecision decision) {
    Step step = state.step();
    if (step instanceof Step.AskRecipient question) {
      mail.answerRecipient(question.request().recipient(), decision);
    } else if (!(step instanceof Step.Close)) {
      throw new IllegalStateException("session awaits no decision on a recipient");
    }
  }

  /**
   * Answers {@link Step.AskMessage}; then call {@link #advance} again. The replies are sent
   * unchanged. If one of them is 421, the session ends after the last. An answer after the end of
   * the session has no effect.
   *
   * @param replies as many as {@link ReceivedMail#replies} wants, in the order of the recipients
   * @throws IllegalStateException if the session does not await the answer to a message
   * @throws IllegalArgumentException if there are more or fewer, or one of them is 3yz or has no
   *     enhanced status code
   */
  public void answer(List<Reply> replies) {
    Step step = state.step();
    if (step instanceof Step.AskMessage question) {
      mail.answerMessage(question.mail().requireReplies(replies));
    } else if (!(step instanceof Step.Close)) {
      throw new IllegalStateException("session awaits no answer to a message");
    }
  }

  /**
   * Reports that the sink of {@link Step.AwaitFlush} was flushed; then call {@link #advance} again.
   * Has no effect after the session has ended.
   *
   * @throws IllegalStateException if no flush is awaited
   */
  public void flushed() {
    flushed(true);
  }

  /**
   * Reports that the flush of {@link Step.AwaitFlush} failed; then call {@link #advance} again. The
   * message is refused with 452 4.3.1 when its rest has been read. Has no effect after the session
   * has ended.
   *
   * @throws IllegalStateException if no flush is awaited
   */
  public void flushFailed() {
    flushed(false);
  }

  private void flushed(boolean successful) {
    Step step = state.step();
    if (step instanceof Step.AwaitFlush) {
      mail.flushed(successful);
    } else if (!(step instanceof Step.Close)) {
      throw new IllegalStateException("session awaits no flush");
    }
  }

  /**
   * Reports that the handshake of {@link Step.StartTls} has succeeded. The session continues inside
   * TLS and forgets everything that the client sent before (RFC 3207, section 4.2). If it was asked
   * to drain meanwhile, it ends now. Has no effect after the session has ended.
   *
   * @return what the session needs next
   * @throws IllegalStateException if no TLS is awaited
   */
  public Step tlsStarted(SecureChannel channel) {
    Step step = state.step();
    if (step instanceof Step.StartTls) {
      handler.tlsStarted(channel);
    } else if (!(step instanceof Step.Close)) {
      throw new IllegalStateException("session awaits no TLS");
    }
    return state.step();
  }

  /**
   * Sets the outcome of {@link Step.AskAuthentication}; then call {@link #advance} again. Has no
   * effect after the session has ended.
   *
   * @throws IllegalStateException if no outcome is awaited
   */
  public void authenticated(SaslOutcome outcome) {
    Step step = state.step();
    if (step instanceof Step.AskAuthentication) {
      authentication.proceed(outcome);
    } else if (!(step instanceof Step.Close)) {
      throw new IllegalStateException("session awaits no outcome of an authentication");
    }
  }

  /**
   * Ends the session because too many attempts to authenticate have failed, in this session or in
   * others of the same client: 421 4.7.0.
   */
  public Step cutOff() {
    return end(Replies.TOO_MANY_FAILURES);
  }

  /** Moves the replies to be sent, if any, to the end of {@code target}. */
  public void drainOutput(ByteBuf target) {
    output.drainReplies(target);
  }

  /**
   * Returns how many commands and lines of authentication exchanges have been read to their end, or
   * refused before it.
   */
  public long linesRead() {
    return linesRead;
  }

  /** Returns whether the next octet that the client has to send is content. */
  public boolean isReadingContent() {
    return state.isReadingContent();
  }

  /**
   * Returns whether the content of a message has begun to arrive and is not complete. The next
   * octet may be of content, or of the command for the next chunk.
   */
  public boolean isReceivingMessage() {
    return state.isReadingContent() || state.transactionState() == TransactionState.CHUNKS;
  }

  /** Ends the session because the client was silent for too long: 421 4.4.2. */
  public Step expire() {
    return end(state.isReadingContent() ? Replies.CONTENT_TIMEOUT : Replies.COMMAND_TIMEOUT);
  }

  /**
   * Asks the session to end with 421 4.3.2: at once or, if a mail transaction or a TLS handshake is
   * in progress, after its last reply.
   *
   * @return {@link Step.Close} if it ended at once, otherwise the step that it was waiting for
   *     before
   */
  public Step drain() {
    state.drain();
    if (!state.isBusy()) {
      output.transactionEnded();
    }
    return state.step();
  }

  /**
   * Ends the session at once because the server stops: 421 4.3.2. Pending steps need no answer any
   * more.
   */
  public Step shutDown() {
    return end(Replies.SHUTTING_DOWN);
  }

  /** Ends with a last reply, or without one if the client would read it as a part of TLS. */
  private Step end(Reply farewell) {
    if (state.isStartingTls()) {
      state.close();
    } else {
      output.reply(farewell);
    }
    return state.step();
  }

  /**
   * Reports that the connection is closed: discards content that was not handed over, even during a
   * flush.
   */
  public void abort() {
    state.close();
  }

  private static String nameOf(Step step) {
    return step.getClass().getSimpleName();
  }
}
