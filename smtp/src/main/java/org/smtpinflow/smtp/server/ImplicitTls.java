// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.server;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.net.InetSocketAddress;
import org.smtpinflow.smtp.sasl.SecureChannel;

/**
 * Begins a connection of a listener with implicit TLS (RFC 8314, section 3): does the handshake,
 * then gives its place in the pipeline to the session's handler. If the server stops before that,
 * the connection is closed without a reply, because the client could not read one.
 */
final class ImplicitTls extends ChannelInboundHandlerAdapter {

  private final InetSocketAddress client;
  private final TlsHandshake.Services services;
  private final SessionHandler session;

  ImplicitTls(InetSocketAddress client, TlsHandshake.Services services, SessionHandler session) {
    this.client = client;
    this.services = services;
    this.session = session;
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    context
        .pipeline()
        .addBefore(
            context.name(),
            null,
            new TlsHandshake(client, services, channel -> begin(context, channel)));
  }

  private void begin(ChannelHandlerContext context, SecureChannel channel) {
    context.pipeline().replace(this, null, session);
    session.begin(channel);
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event instanceof SessionEnd) {
      ChannelFuture unused = context.close();
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    ChannelFuture unused = context.close();
  }
}
