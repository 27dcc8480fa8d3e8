// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.server;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.SocketChannel;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Accepts the connections of one listener. */
final class Acceptor extends ChannelInboundHandlerAdapter {

  private static final Logger LOG = System.getLogger("org.smtpinflow.smtp");

  private static final long BACK_OFF_SECONDS = 1;

  private final SessionRegistry sessions;
  private final ListenerConfig listener;

  Acceptor(SessionRegistry sessions, ListenerConfig listener) {
    this.sessions = sessions;
    this.listener = listener;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    SocketChannel connection = (SocketChannel) message;
    InetSocketAddress client = connection.remoteAddress();
    if (client == null) {
      // The client has already disconnected.
      connection.unsafe().closeForcibly();
    } else {
      sessions.begin(connection, client, listener);
    }
  }

  /**
   * Handles a failure to accept, most likely because no file descriptors are left. The connection
   * is still pending, so an immediate attempt would fail again: the next attempt waits a little.
   */
  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    LOG.log(
        Level.WARNING,
        "listener {0} cannot accept connections for {1} s: {2}",
        listener.name(),
        BACK_OFF_SECONDS,
        cause);
    Channel channel = context.channel();
    channel.config().setAutoRead(false);
    Future<?> unused =
        channel
            .eventLoop()
            .schedule(() -> channel.config().setAutoRead(true), BACK_OFF_SECONDS, TimeUnit.SECONDS);
  }
}
