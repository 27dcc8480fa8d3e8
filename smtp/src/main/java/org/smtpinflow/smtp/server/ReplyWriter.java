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
 * Sends the replies of a session, those of a group of pipelined commands in one write (RFC 2920,
 * section 3.2).
 */
final class ReplyWriter {

  private static final Logger LOG = System.getLogger("org.smtpinflow.smtp");
  private static final Logger TRACE = System.getLogger("org.smtpinflow.smtp.trace");

  private static final int INITIAL = 256;

  /** Octets of replies that are not kept back any longer. */
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
   * Takes what the session has to say, and sends it if it has become much.
   *
   * @return whether the client takes its replies; if not, there should not be more of them
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

  /** Sends all that the session has to say, and tells when that and all before it was sent. */
  ChannelFuture sendLast() {
    collect();
    ChannelPromise sent = context.newPromise();
    write(sent);
    return sent;
  }

  /** Says that the next reply tells the client what became of a message. */
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

  /** Logs that a client does not know what became of its message, so that it may send it again. */
  static void logUntold(String client, String messageAndReply) {
    LOG.log(
        Level.INFO,
        "client "
            + client
            + " was gone before it could be told; it may send again "
            + messageAndReply);
  }

  /** Throws away what was not sent. */
  void close() {
    replies.release();
    replies = Unpooled.EMPTY_BUFFER;
  }
}
