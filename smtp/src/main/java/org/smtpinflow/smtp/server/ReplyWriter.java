// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.server;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import org.smtpinflow.smtp.protocol.SmtpSession;

/**
 * Sends the replies of a session. The replies to a group of pipelined commands are sent in one
 * write (RFC 2920, section 3.2).
 */
final class ReplyWriter {

  private static final Logger LOG = System.getLogger("org.smtpinflow.smtp");
  private static final Logger TRACE = System.getLogger("org.smtpinflow.smtp.trace");

  private static final int INITIAL = 256;

  /** The number of octets from which replies are sent at once. */
  private static final int MANY = 16 << 10;

  private final SmtpSession session;
  private final ChannelHandlerContext context;
  private final String client;
  private ByteBuf replies = Unpooled.EMPTY_BUFFER;
  private String outcome = "";

  /**
   * @param client what the log calls the client
   */
  ReplyWriter(SmtpSession session, ChannelHandlerContext context, String client) {
    this.session = session;
    this.context = context;
    this.client = client;
  }

  /**
   * Takes the session's output, and sends it if it is large.
   *
   * @return whether the client reads its replies; if not, no more should be produced
   */
  boolean collect() {
    if (replies.capacity() == 0) {
      replies = context.alloc().heapBuffer(INITIAL);
    }
    session.drainOutput(replies);
    if (replies.readableBytes() >= MANY) {
      write(context.newPromise());
    }
    return context.channel().isWritable();
  }

  /**
   * Sends all that the session has to say.
   *
   * @return whether the client takes its replies
   */
  boolean send() {
    collect();
    if (replies.isReadable()) {
      write(context.newPromise());
    }
    return context.channel().isWritable();
  }

  /** Sends all output of the session, and reports when it and all earlier output was sent. */
  ChannelFuture sendLast() {
    collect();
    ChannelPromise sent = context.newPromise();
    write(sent);
    return sent;
  }

  /** Marks the next reply as the outcome of a message. */
  void tellsOutcome(String messageAndReply) {
    outcome = messageAndReply;
  }

  private void write(ChannelPromise written) {
    ByteBuf data = replies;
    replies = Unpooled.EMPTY_BUFFER;
    trace(data);
    if (!outcome.isEmpty()) {
      String told = outcome;
      outcome = "";
      written.addListener(
          done -> {
            if (!done.isSuccess()) {
              logUntold(client, told);
            }
          });
    }
    ChannelFuture unused = context.writeAndFlush(data, written);
  }

  private void trace(ByteBuf data) {
    if (TRACE.isLoggable(Level.TRACE)) {
      data.toString(StandardCharsets.UTF_8)
          .lines()
          .forEach(line -> TRACE.log(Level.TRACE, client + " S: " + LogText.escape(line)));
    }
  }

  /**
   * Logs that a client did not get the outcome of its message, and so may send the message again.
   */
  static void logUntold(String client, String messageAndReply) {
    LOG.log(
        Level.INFO,
        "client "
            + client
            + " was gone before it could be told; it may send again "
            + messageAndReply);
  }

  /** Discards output that was not sent. */
  void close() {
    replies.release();
    replies = Unpooled.EMPTY_BUFFER;
  }
}
