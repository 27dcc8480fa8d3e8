// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.server;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.smtpinflow.smtp.content.ContentSink;
import org.smtpinflow.smtp.protocol.ReceivedMail;
import org.smtpinflow.smtp.protocol.Reply;
import org.smtpinflow.smtp.protocol.SmtpSession;
import org.smtpinflow.smtp.protocol.Step;

/**
 * Carries one session: gives it what arrives, does what it asks for, sends what it answers. All of
 * it on one event loop.
 *
 * <p>The socket is read only when the session has nothing else to wait for. So while an answer is
 * pending, or while a client does not take its replies, TCP makes the client wait. That a client
 * has gone away meanwhile is noticed afterwards.
 */
final class SessionHandler extends ChannelInboundHandlerAdapter {

  private static final Logger LOG = System.getLogger("org.smtpinflow.smtp");

  /** What this waits for. */
  private enum State {
    /** The connection. */
    NEW,
    /** Nothing: the session goes on. */
    ACTIVE,
    /** Bytes from the client. */
    INPUT,
    /** That the client takes its replies. */
    OUTPUT,
    /** An answer of the receiver. */
    ANSWER,
    /** The disk; another thread uses the session's sink. */
    FLUSH,
    /** Nothing any more. */
    CLOSED
  }

  private final SmtpSession session;
  private final String client;
  private final EventLoop loop;
  private final Reception reception;
  private final Executor blocking;
  private final SilenceTimer silence;

  private ChannelHandlerContext context;
  private ReplyWriter replies;
  private Input input;
  private State state = State.NEW;
  private boolean proceeding;
  private boolean draining;

  /**
   * @param client what the log calls the client
   * @param loop the event loop that the channel will be registered with
   */
  SessionHandler(
      SmtpSession session, String client, EventLoop loop, Reception reception, Executor blocking) {
    this.session = session;
    this.client = client;
    this.loop = loop;
    this.reception = reception;
    this.blocking = blocking;
    this.silence = new SilenceTimer(loop, this::expire);
  }

  @Override
  public void handlerAdded(ChannelHandlerContext handlerContext) {
    context = handlerContext;
    replies = new ReplyWriter(session, context, client);
    input = new Input(context.alloc());
  }

  @Override
  public void channelActive(ChannelHandlerContext unused) {
    LOG.log(Level.DEBUG, "session of {0} begins", client);
    proceed(session::start);
    if (draining) {
      drain();
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext unused, Object message) {
    input.add((ByteBuf) message);
    proceed(this::advance);
    input.giveBuffer();
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext unused) {
    if (state == State.OUTPUT && !proceeding && context.channel().isWritable()) {
      proceed(Step.NeedInput::new);
    }
  }

  /** Takes one step after the other, until there is something to wait for. */
  private void proceed(Supplier<Step> first) {
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
    return input.offer(session);
  }

  /** Does what a step asks for; returns whether the session can go on at once. */
  private boolean perform(Step step) {
    if (step instanceof Step.NeedInput) {
      needInput();
    } else if (step instanceof Step.AskRecipient ask) {
      state = State.ANSWER;
      reception.recipient(ask.request(), reply -> onLoop(() -> answered(reply)));
    } else if (step instanceof Step.AskMessage ask) {
      state = State.ANSWER;
      reception.message(ask.mail(), reply -> onLoop(() -> answered(ask.mail(), reply)));
    } else if (step instanceof Step.AwaitFlush await) {
      state = State.FLUSH;
      flush(await.sink());
    } else {
      state = State.CLOSED;
    }
    return state == State.ACTIVE;
  }

  private void needInput() {
    if (!input.isAllOffered()) {
      state = replies.collect() ? State.ACTIVE : State.OUTPUT;
    } else {
      state = replies.send() ? State.INPUT : State.OUTPUT;
    }
  }

  private void flush(ContentSink sink) {
    try {
      blocking.execute(
          () -> {
            boolean written = tryFlush(sink);
            onLoop(() -> flushed(written));
          });
    } catch (RejectedExecutionException e) {
      LOG.log(Level.WARNING, "content from {0} could not be written: no thread for it", client);
      flushed(false);
    }
  }

  private boolean tryFlush(ContentSink sink) {
    try {
      sink.flush();
      return true;
    } catch (IOException e) {
      LOG.log(Level.WARNING, "content from {0} could not be written: {1}", client, e);
    } catch (RuntimeException | Error e) {
      LOG.log(Level.ERROR, "content from " + client + " could not be written", e);
    }
    return false;
  }

  /** Waits for what the session needs next. */
  private void await() {
    switch (state) {
      case INPUT -> {
        silence.restart(session.timeout());
        context.read();
      }
      case OUTPUT -> silence.restart(session.timeout());
      case ANSWER, FLUSH -> {
        replies.send();
        silence.pause();
      }
      default -> close();
    }
  }

  private void close() {
    LOG.log(Level.DEBUG, "session of {0} ends", client);
    LingeringClose.replace(context, replies.sendLast());
  }

  private void answered(ReceivedMail mail, Reply reply) {
    String outcome = mail.id() + ": " + LogText.escape(LogText.reply(reply));
    if (state == State.ANSWER) {
      replies.tellsOutcome(outcome);
      answered(reply);
    } else {
      ReplyWriter.logUntold(client, outcome);
    }
  }

  private void answered(Reply reply) {
    if (state == State.ANSWER) {
      session.answer(reply);
      goOn();
    }
  }

  private void flushed(boolean written) {
    if (written) {
      session.flushed();
    } else {
      session.flushFailed();
    }
    if (state == State.FLUSH) {
      goOn();
    }
  }

  /** Lets the session go on after an answer, unless that came while it still was being asked. */
  private void goOn() {
    state = State.ACTIVE;
    if (!proceeding) {
      proceed(this::advance);
    }
  }

  private void expire() {
    if (state == State.OUTPUT) {
      LOG.log(Level.DEBUG, "session of {0}: the client does not take its replies", client);
      disconnect();
    } else {
      LOG.log(Level.DEBUG, "session of {0}: the client was silent for too long", client);
      proceed(session::expire);
    }
  }

  /** Ends the session as soon as it has no mail transaction. Can be called on any thread. */
  void drain() {
    onLoop(
        () -> {
          draining = true;
          end(session::drain);
        });
  }

  /** Ends the session now. Can be called on any thread. */
  void shutDown() {
    onLoop(() -> end(session::shutDown));
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
   * Runs a task on the event loop, or here if that has ended; the session is closed then, and a
   * task only has to find that.
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
    session.abort();
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext unused) {
    silence.cancel();
    replies.close();
    input.close();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext unused, Throwable cause) {
    if (cause instanceof IOException) {
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
