// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.server;

import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/** Turns a client away: one reply, and the connection is closed. */
final class Refusal extends ChannelInboundHandlerAdapter {

  private final String reply;

  Refusal(String reply) {
    this.reply = reply;
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    context
        .writeAndFlush(ByteBufUtil.writeUtf8(context.alloc(), reply + "\r\n"))
        .addListener(ChannelFutureListener.CLOSE);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    // The client has gone before it was told, and the connection with it.
  }
}
