// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.server;

import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import org.smtpinflow.smtp.protocol.Reply;

/** Turns a client away: sends one reply and closes the connection. */
final class Refusal extends ChannelInboundHandlerAdapter {

  private final Reply reply;

  Refusal(Reply reply) {
    this.reply = reply;
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    context
        .writeAndFlush(ByteBufUtil.writeUtf8(context.alloc(), LogText.reply(reply) + "\r\n"))
        .addListener(ChannelFutureListener.CLOSE);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    // The client has disconnected before the reply, so the connection is closed already.
  }
}
