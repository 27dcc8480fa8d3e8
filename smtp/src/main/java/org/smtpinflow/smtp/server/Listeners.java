// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.server;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;

/** The listening sockets of a server, all on one event loop. */
final class Listeners {

  private static final Logger LOG = System.getLogger("org.smtpinflow.smtp");

  /** How many connections may wait to be accepted; the operating system may allow fewer. */
  private static final int BACKLOG = 1024;

  private final ServerLoop loop;
  private final List<Channel> channels = new ArrayList<>();

  Listeners(ServerLoop loop) {
    this.loop = loop;
  }

  /**
   * Binds one more socket. No connection is accepted before {@link #accept}.
   *
   * @throws IOException if it cannot be bound; the message names the listener and the address
   */
  void bind(ListenerConfig listen, SessionRegistry sessions) throws IOException {
    try {
      Acceptor acceptor = new Acceptor(sessions, listen);
      // Done on the loop's thread, because Netty leaves thread locals where it makes a pipeline.
      Channel channel = loop.submit(() -> open(acceptor)).get();
      channel.bind(listen.address()).get();
      channels.add(channel);
      LOG.log(
          Level.INFO,
          "listener {0} is listening on {1}",
          listen.name(),
          LogText.address((InetSocketAddress) channel.localAddress()));
    } catch (ExecutionException e) {
      throw new ListenException(listen.name(), listen.address(), e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private Channel open(Acceptor acceptor) {
    NioServerSocketChannel channel = new NioServerSocketChannel();
    channel.config().setReuseAddress(true).setBacklog(BACKLOG).setAutoRead(false);
    channel.pipeline().addLast(acceptor);
    ChannelFuture unused = loop.register(channel);
    return channel;
  }

  /** Begins to accept connections. */
  void accept() {
    loop.execute(() -> channels.forEach(channel -> channel.config().setAutoRead(true)));
  }

  /** Returns the addresses of the sockets, in the order of binding. */
  List<InetSocketAddress> addresses() {
    return channels.stream().map(c -> (InetSocketAddress) c.localAddress()).toList();
  }
}
