// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.server;

import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelFuture;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.SocketChannelConfig;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.smtpinflow.api.Client;
import org.smtpinflow.smtp.content.ContentStore;
import org.smtpinflow.smtp.protocol.SmtpSession;

/** Begins sessions, within the limits, and knows those that are open. */
final class Sessions {

  private static final Logger LOG = System.getLogger("org.smtpinflow.smtp");

  private final ServerConfig config;
  private final EventLoops loops;
  private final Reception reception;
  private final ContentStore store;
  private final Executor blocking;
  private final ByteBufAllocator allocator;
  private final Counters counters;
  private final SessionLimit limit;
  private final Set<SessionHandler> open = ConcurrentHashMap.newKeySet();
  private final Tally tally = new Tally();
  private volatile boolean draining;

  Sessions(
      ServerConfig config,
      EventLoops loops,
      Reception reception,
      ContentStore store,
      Executor blocking,
      ByteBufAllocator allocator,
      Counters counters) {
    this.config = config;
    this.loops = loops;
    this.reception = reception;
    this.store = store;
    this.blocking = blocking;
    this.allocator = allocator;
    this.counters = counters;
    this.limit = new SessionLimit(config.sessions(), config.sessionsPerClient());
  }

  /** Begins a session on a connection, or refuses it. */
  void begin(SocketChannel connection, InetSocketAddress client, String listener) {
    if (draining) {
      refuse(connection, client, "4.3.2", "Service is stopping");
      return;
    }
    switch (limit.enter(client.getAddress())) {
      case ENTERED -> carry(connection, client, listener);
      case TOO_MANY -> refuse(connection, client, "4.3.2", "Too many sessions");
      case TOO_MANY_FROM_CLIENT ->
          refuse(connection, client, "4.7.0", "Too many sessions from your address");
    }
  }

  private void carry(SocketChannel connection, InetSocketAddress client, String listener) {
    ServerLoop loop = loops.next();
    SessionHandler session =
        new SessionHandler(
            new SmtpSession(
                config.session(),
                client,
                new Client.Listener(listener, connection.localAddress()),
                store,
                Clock.systemUTC()),
            LogText.address(client),
            loop,
            reception,
            blocking);
    counters.sessionAccepted();
    tally.begin();
    open.add(session);
    connection.closeFuture().addListener(closed -> end(session, client));
    configure(connection.config(), loop);
    connection.pipeline().addLast(session);
    register(connection, loop);
    if (draining) {
      // The stop may have come before this session could be seen.
      session.drain();
    }
  }

  private void configure(SocketChannelConfig socket, ServerLoop loop) {
    socket.setAutoRead(false);
    socket.setTcpNoDelay(true);
    socket.setKeepAlive(true);
    socket.setAllocator(allocator);
    socket.setRecvByteBufAllocator(loop.receiveBuffer());
  }

  /** If this fails the channel is closed, and nobody else needs to know. */
  private static void register(SocketChannel connection, ServerLoop loop) {
    ChannelFuture unused = loop.register(connection);
  }

  private void end(SessionHandler session, InetSocketAddress client) {
    limit.leave(client.getAddress());
    open.remove(session);
    tally.end();
  }

  private void refuse(
      SocketChannel connection, InetSocketAddress client, String status, String text) {
    counters.sessionRefused();
    LOG.log(Level.DEBUG, "session of {0} refused: {1}", LogText.address(client), text);
    connection.config().setAutoRead(false).setAllocator(allocator);
    connection
        .pipeline()
        .addLast(new Refusal("421 " + status + " " + config.session().serverName() + " " + text));
    register(connection, loops.first());
  }

  int count() {
    return tally.count();
  }

  /** Begins no more sessions, and ends each one as soon as it has no mail transaction. */
  void drain() {
    draining = true;
    open.forEach(SessionHandler::drain);
  }

  /** Ends all sessions now, with a reply. */
  void shutDown() {
    open.forEach(SessionHandler::shutDown);
  }

  /** Waits until there are no sessions; returns whether there are none. */
  boolean awaitNone(Duration limit) {
    return tally.awaitNone(limit);
  }
}
