// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.server;

import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.SocketChannelConfig;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.smtpinflow.api.Client;
import org.smtpinflow.smtp.content.SpoolStore;
import org.smtpinflow.smtp.protocol.Replies;
import org.smtpinflow.smtp.protocol.Reply;
import org.smtpinflow.smtp.protocol.SessionConfig.TlsPolicy;
import org.smtpinflow.smtp.protocol.SmtpSession;

/** Begins sessions, within the limits, and keeps track of the open ones. */
final class SessionRegistry {

  private static final Logger LOG = System.getLogger("org.smtpinflow.smtp");

  private final EventLoops loops;
  private final SpoolStore store;
  private final ByteBufAllocator allocator;
  private final SessionHandler.Services services;
  private final AuthenticationAttempts.Shared authentication;
  private final Counters counters;
  private final SessionLimit limit;
  private final Set<Channel> open = ConcurrentHashMap.newKeySet();
  private final InFlight tally = new InFlight();
  private volatile boolean draining;
  private volatile boolean paused;

  SessionRegistry(
      SessionLimit limit,
      EventLoops loops,
      SpoolStore store,
      ByteBufAllocator allocator,
      SessionHandler.Services services,
      AuthenticationAttempts.Shared authentication,
      Counters counters) {
    this.loops = loops;
    this.store = store;
    this.allocator = allocator;
    this.services = services;
    this.authentication = authentication;
    this.counters = counters;
    this.limit = limit;
  }

  /** Begins a session on a connection, or refuses it. */
  void begin(SocketChannel connection, InetSocketAddress client, ListenerConfig listener) {
    if (draining) {
      refuse(connection, client, listener, Replies.STOPPING);
      return;
    }
    if (paused) {
      refuse(connection, client, listener, Replies.PAUSED);
      return;
    }
    switch (limit.enter(client.getAddress())) {
      case ENTERED -> carry(connection, client, listener);
      case TOO_MANY -> refuse(connection, client, listener, Replies.TOO_MANY_SESSIONS);
      case TOO_MANY_FROM_CLIENT ->
          refuse(connection, client, listener, Replies.TOO_MANY_SESSIONS_OF_CLIENT);
    }
  }

  private void carry(SocketChannel connection, InetSocketAddress client, ListenerConfig listener) {
    ServerLoop loop = loops.next();
    counters.sessionAccepted();
    tally.begin();
    configure(connection.config(), loop);
    connection.pipeline().addLast(handler(connection, client, listener, loop));
    register(connection, loop);
    open.add(connection);
    connection.closeFuture().addListener(closed -> end(connection, client));
    if (draining || paused) {
      // The stop or the pause may have begun before this session was registered.
      connection.pipeline().fireUserEventTriggered(SessionEnd.DRAIN);
    }
  }

  private ChannelHandler handler(
      SocketChannel connection,
      InetSocketAddress client,
      ListenerConfig listener,
      ServerLoop loop) {
    SessionHandler session =
        new SessionHandler(
            new SmtpSession(
                listener.session(),
                client,
                new Client.Listener(listener.name(), connection.localAddress()),
                store.of(ClientNetwork.of(client.getAddress())),
                Clock.systemUTC()),
            client,
            loop,
            loop.ticker(),
            listener.session().timeouts(),
            new AuthenticationAttempts(client, loop, authentication),
            services);
    return listener.session().tls() == TlsPolicy.IMPLICIT
        ? new ImplicitTls(client, services.tls().orElseThrow(), session)
        : session;
  }

  private void configure(SocketChannelConfig socket, ServerLoop loop) {
    socket.setAutoRead(false);
    socket.setTcpNoDelay(true);
    socket.setKeepAlive(true);
    socket.setAllocator(allocator);
    socket.setRecvByteBufAllocator(loop.receiveBuffer());
  }

  /** If this fails, the channel is closed; nothing else depends on it. */
  private static void register(SocketChannel connection, ServerLoop loop) {
    ChannelFuture unused = loop.register(connection);
  }

  private void end(Channel connection, InetSocketAddress client) {
    limit.leave(client.getAddress());
    open.remove(connection);
    tally.end();
  }

  /** Turns a client away; without a reply if that would require a handshake first. */
  private void refuse(
      SocketChannel connection, InetSocketAddress client, ListenerConfig listener, Reply template) {
    counters.sessionRefused();
    Reply reply = Replies.about(template, listener.session().serverName());
    LOG.log(
        Level.DEBUG, "session of {0} refused: {1}", LogText.address(client), LogText.reply(reply));
    if (listener.session().tls() == TlsPolicy.IMPLICIT) {
      connection.unsafe().closeForcibly();
      return;
    }
    connection.config().setAutoRead(false).setAllocator(allocator);
    connection.pipeline().addLast(new Refusal(reply));
    register(connection, loops.first());
  }

  int count() {
    return tally.count();
  }

  /** Begins no more sessions, and ends each one as soon as it has no mail transaction. */
  void drain() {
    draining = true;
    tell(SessionEnd.DRAIN);
  }

  /** Begins no more sessions until {@link #resume}, and ends each one as {@link #drain} does. */
  void pause() {
    paused = true;
    tell(SessionEnd.DRAIN);
  }

  void resume() {
    paused = false;
  }

  /** Ends all sessions now, with a reply. */
  void shutDown() {
    tell(SessionEnd.SHUT_DOWN);
  }

  private void tell(SessionEnd end) {
    open.forEach(connection -> connection.pipeline().fireUserEventTriggered(end));
  }

  /** Waits until no session is open; returns false if the time was not enough. */
  boolean awaitNone(Duration limit) {
    return tally.awaitNone(limit);
  }
}
