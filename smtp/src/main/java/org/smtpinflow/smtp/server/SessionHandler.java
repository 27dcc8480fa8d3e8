// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.server;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.util.concurrent.Ticker;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import javax.net.ssl.SSLException;
import org.smtpinflow.smtp.protocol.ReceivedMail;
import org.smtpinflow.smtp.protocol.Reply;
import org.smtpinflow.smtp.protocol.SessionConfig;
import org.smtpinflow.smtp.protocol.SmtpSession;
import org.smtpinflow.smtp.protocol.Step;
import org.smtpinflow.smtp.sasl.SaslOutcome;
import org.smtpinflow.smtp.sasl.SecureChannel;

/**
 * Drives one session: passes it the input, carries out its steps, sends its replies. Everything
 * happens on one event loop.
 *
 * <p>The socket is read only while the session waits for input. So TCP makes the client wait while
 * it does not read its replies. There is one exception: while an answer is pending, a little input
 * is read ahead, to notice that the client has disconnected. A client must not close the connection
 * before the reply to QUIT (RFC 5321, section 4.1.1.10), so the end of the input means that nobody
 * will get the answer, unless there are commands that the session has not read: some clients send
 * everything up to QUIT, end their output, and read.
 */
final class SessionHandler extends ChannelInboundHandlerAdapter {

  private static final Logger LOG = System.getLogger("org.smtpinflow.smtp");

  /** With so much unread input, nothing more is read ahead. */
  private static final int READ_AHEAD = 4 << 10;

  /** The event that the handler waits for. */
  private enum State {
    /** The connection. */
    NEW,
    /** Nothing: the session continues. */
    ACTIVE,
    /** Bytes from the client. */
    INPUT,
    /** The client's reading of its replies. */
    OUTPUT,
    /** The end of the TLS handshake. */
    HANDSHAKE,
    /** An answer of the receiver, or of a SASL mechanism. */
    ANSWER,
    /** The disk; another thread uses the session's sink. */
    FLUSH,
    /** Nothing any more. */
    CLOSED
  }

  private final SmtpSession session;
  private final InetSocketAddress clientAddress;
  private final String client;
  private final EventLoop loop;
  private final AuthenticationAttempts attempts;
  private final Services services;
  private final ContentFlush flush;
  private final ClientPatience patience;
  private final WaitTimer timer;

  private ChannelHandlerContext context;
  private ReplyWriter replies;
  private InputBuffer input;
  private State state = State.NEW;

  /** The message that awaits the receiver's answer. */
  private Optional<Runnable> withdrawal = Optional.empty();

  private boolean proceeding;
  private boolean draining;

  /** Whether the client has ended its output, or its side of TLS: no more input will come. */
  private boolean inputEnded;

  /**
   * The parts that all sessions of a server share.
   *
   * @param reception asks the application
   * @param blocking runs tasks that block on the disk
   * @param tls does handshakes; present if a listener has TLS
   * @param crowded whether most of the sessions that there may be are open
   */
  record Services(
      ReceiverCalls reception,
      Executor blocking,
      Optional<TlsHandshake.Services> tls,
      BooleanSupplier crowded) {}

  /**
   * @param client the address of the client
   * @param loop the event loop that the channel will be registered with
   * @param ticker the event loop's
   */
  SessionHandler(
      SmtpSession session,
      InetSocketAddress client,
      EventLoop loop,
      Ticker ticker,
      SessionConfig.Timeouts timeouts,
      AuthenticationAttempts attempts,
      Services services) {
    this.session = session;
    this.clientAddress = client;
    this.client = LogText.address(client);
    this.loop = loop;
    this.attempts = attempts;
    this.services = services;
    this.flush = new ContentFlush(services.blocking(), this.client);
    this.patience = new ClientPatience(timeouts, ticker);
    this.timer = new WaitTimer(loop, ticker, this::check);
  }

  @Override
  public void handlerAdded(ChannelHandlerContext handlerContext) {
    context = handlerContext;
    replies = new ReplyWriter(session, context, client);
    input = new InputBuffer(context.alloc());
  }

  @Override
  public void channelActive(ChannelHandlerContext unused) {
    begin(session::start);
  }

  /** Begins the session inside TLS. Called once this is in the pipeline of the connection. */
  void begin(SecureChannel channel) {
    begin(() -> session.start(channel));
  }

  private void begin(Supplier<Step> first) {
    LOG.log(Level.DEBUG, "session of {0} begins", client);
    proceed(first);
    if (draining) {
      drain();
    }
  }

  /**
   * Takes input. Inside TLS one read can produce several records, so input may arrive while the
   * session waits for something else; it is kept until then.
   */
  @Override
  public void channelRead(ChannelHandlerContext unused, Object message) {
    input.add((ByteBuf) message);
    if (state == State.INPUT) {
      proceed(this::advance);
    }
    input.giveBuffer();
    if (state == State.ANSWER) {
      readAhead();
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext unused, Object event) {
    if (event == SessionEnd.DRAIN) {
      drain();
    } else if (event == SessionEnd.SHUT_DOWN) {
      end(session::shutDown);
    } else if (event instanceof SslCloseCompletionEvent
        || event instanceof ChannelInputShutdownEvent) {
      inputEnded = true;
      if (state == State.INPUT || (state == State.ANSWER && !input.isReadable())) {
        disconnect();
      }
    }
  }

  private void readAhead() {
    if (!inputEnded && input.size() < READ_AHEAD) {
      // Without unread commands the end of the input closes the channel.
      allowHalfClosure(input.isReadable());
      context.read();
    }
  }

  private void allowHalfClosure(boolean allowed) {
    context.channel().config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, allowed);
  }

  private void secured(SecureChannel channel) {
    if (state == State.HANDSHAKE) {
      proceed(() -> session.tlsStarted(channel));
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext unused) {
    if (state == State.OUTPUT && !proceeding && context.channel().isWritable()) {
      proceed(Step.NeedInput::new);
    }
  }

  private void drain() {
    draining = true;
    patience.drain();
    end(session::drain);
    if (state == State.INPUT || state == State.OUTPUT) {
      check();
    }
  }

  /** Takes one step after the other, until there is something to wait for. */
  private void proceed(Supplier<Step> first) {
    patience.proceed();
    timer.pause();
    proceeding = true;
    state = State.ACTIVE;
    try {
      Step step = first.get();
      while (perform(step)) {
        step = advance();
      }
      await();
    } catch (RuntimeException | Error e) {
      fail(e);
    } finally {
      proceeding = false;
    }
  }

  private Step advance() {
    boolean content = session.isReadingContent();
    long lines = session.linesRead();
    int before = input.size();
    Step step = input.offer(session);
    if (content) {
      patience.contentRead(before - input.size());
    }
    if (session.linesRead() > lines) {
      patience.commandRead();
    }
    if (!session.isReceivingMessage()) {
      patience.noMessage();
    }
    return step;
  }

  /** Carries out a step; returns whether the session can continue at once. */
  private boolean perform(Step step) {
    if (step instanceof Step.NeedInput) {
      needInput();
    } else if (step instanceof Step.AskRecipient ask) {
      state = State.ANSWER;
      services
          .reception()
          .recipient(
              ask.request(), decision -> onLoop(() -> answered(() -> session.answer(decision))));
    } else if (step instanceof Step.AskMessage ask) {
      askMessage(ask.mail());
    } else if (step instanceof Step.AwaitFlush await) {
      state = State.FLUSH;
      flush.start(await.sink(), written -> onLoop(() -> flushed(written)));
    } else if (step instanceof Step.AskAuthentication ask) {
      askAuthentication(ask);
    } else if (step instanceof Step.StartTls) {
      // Input that is already there was sent in clear text: the session gets it, and ends.
      state = input.isReadable() ? State.ACTIVE : State.HANDSHAKE;
    } else {
      // Before the client learns that the session ends, after which it may send the message again.
      withdraw();
      state = State.CLOSED;
    }
    return state == State.ACTIVE;
  }

  private void askMessage(ReceivedMail mail) {
    state = State.ANSWER;
    Runnable withdraw =
        services
            .reception()
            .message(
                mail,
                replies -> onLoop(() -> answered(mail, replies, () -> session.answer(replies))));
    // The answer may have arrived already.
    if (state == State.ANSWER) {
      withdrawal = Optional.of(withdraw);
    }
  }

  /** Withdraws the message whose replies no client will get. */
  private void withdraw() {
    withdrawal.ifPresent(Runnable::run);
    withdrawal = Optional.empty();
  }

  private void askAuthentication(Step.AskAuthentication question) {
    state = State.ANSWER;
    attempts.ask(
        question,
        outcome -> answered(() -> authenticated(outcome)),
        () -> answered(session::cutOff));
  }

  private void authenticated(SaslOutcome outcome) {
    if (outcome instanceof SaslOutcome.Accepted) {
      patience.useful();
    }
    session.authenticated(outcome);
  }

  private void needInput() {
    if (!input.isAllOffered()) {
      state = replies.collect() ? State.ACTIVE : State.OUTPUT;
    } else {
      state = replies.send() ? State.INPUT : State.OUTPUT;
    }
  }

  /** Waits for the event that the session needs next. */
  private void await() {
    allowHalfClosure(false);
    switch (state) {
      case INPUT -> {
        if (inputEnded) {
          disconnect();
        } else {
          awaitClient();
          context.read();
        }
      }
      case HANDSHAKE -> {
        // A STARTTLS is answered in clear text.
        replies.send();
        context
            .pipeline()
            .addBefore(
                context.name(),
                null,
                new TlsHandshake(clientAddress, services.tls().orElseThrow(), this::secured));
      }
      case OUTPUT -> awaitClient();
      case ANSWER -> {
        replies.send();
        readAhead();
      }
      case FLUSH -> replies.send();
      default -> close();
    }
  }

  private void awaitClient() {
    ClientPatience.Awaited awaited = ClientPatience.Awaited.COMMAND;
    if (session.isReadingContent()) {
      awaited = ClientPatience.Awaited.CONTENT;
    } else if (session.isReceivingMessage()) {
      awaited = ClientPatience.Awaited.CHUNK;
    }
    patience.await(awaited);
    timer.restart(patience.nanosToCheck());
  }

  private void close() {
    LOG.log(Level.DEBUG, "session of {0} ends", client);
    if (context.pipeline().get(TlsHandshake.class) != null) {
      disconnect();
    } else {
      LingeringClose.replace(context, replies.sendLast());
    }
  }

  private void answered(ReceivedMail mail, List<Reply> answer, Runnable toSession) {
    withdrawal = Optional.empty();
    if (answer.stream().anyMatch(Reply::isPositive)) {
      patience.useful();
    }
    String outcome = mail.id() + ": " + LogText.escape(LogText.replies(answer));
    if (state == State.ANSWER) {
      replies.tellsOutcome(outcome);
      answered(toSession);
    } else {
      ReplyWriter.logUntold(client, outcome);
    }
  }

  private void answered(Runnable toSession) {
    if (state == State.ANSWER) {
      toSession.run();
      resume();
    }
  }

  private void flushed(boolean written) {
    if (written) {
      session.flushed();
    } else {
      session.flushFailed();
    }
    if (state == State.FLUSH) {
      resume();
    }
  }

  /**
   * Continues the session after an answer, unless the answer arrived during the call that asked.
   */
  private void resume() {
    state = State.ACTIVE;
    if (!proceeding) {
      proceed(this::advance);
    }
  }

  /** Looks whether the client has taken too long. */
  private void check() {
    patience.proceed();
    if (patience.isDrainOver()) {
      LOG.log(Level.DEBUG, "session of {0}: not ended in time by the client", client);
      proceed(session::shutDown);
    } else if (!patience.isOver(services.crowded().getAsBoolean())) {
      awaitClient();
    } else if (state == State.OUTPUT) {
      LOG.log(Level.DEBUG, "session of {0}: the client does not take its replies", client);
      disconnect();
    } else {
      LOG.log(Level.DEBUG, "session of {0}: the client took too long", client);
      proceed(session::expire);
    }
  }

  private void end(Supplier<Step> ending) {
    if (state == State.NEW || state == State.CLOSED) {
      return;
    }
    Step step = ending.get();
    if (step instanceof Step.Close) {
      proceed(() -> step);
    }
  }

  /**
   * Runs a task on the event loop or, if the loop has ended, on the calling thread. The session is
   * then closed, and the task has nothing to do.
   */
  private void onLoop(Runnable task) {
    if (loop.inEventLoop()) {
      task.run();
      return;
    }
    try {
      loop.execute(task);
    } catch (RejectedExecutionException e) {
      task.run();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext unused) {
    LOG.log(Level.DEBUG, "session of {0} ends: the connection is gone", client);
    state = State.CLOSED;
    withdraw();
    session.abort();
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext unused) {
    timer.cancel();
    replies.close();
    input.close();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext unused, Throwable cause) {
    if (cause instanceof IOException || cause.getCause() instanceof SSLException) {
      LOG.log(Level.DEBUG, "session of {0}: {1}", client, cause);
      disconnect();
    } else {
      fail(cause);
    }
  }

  private void fail(Throwable cause) {
    LOG.log(Level.ERROR, "session of " + client + " failed", cause);
    disconnect();
  }

  private void disconnect() {
    ChannelFuture unused = context.close();
  }
}
