// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.server;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.smtpinflow.api.Client;
import org.smtpinflow.smtp.sasl.SecureChannel;
import org.smtpinflow.smtp.tls.ReloadableTls;

/**
 * Adds TLS to the pipeline when it is added to a connection, waits for the end of the handshake,
 * and removes itself. If the handshake fails, the connection is closed.
 */
final class TlsHandshake extends ChannelInboundHandlerAdapter {

  private static final Logger LOG = System.getLogger("org.smtpinflow.smtp");

  private final String client;
  private final Services services;
  private final Executor tasks;
  private final Consumer<SecureChannel> whenSecured;
  private TlsLayer tls;

  /**
   * The parts that all handshakes of a server share.
   *
   * @param tasks computes signatures and keys
   */
  record Services(ReloadableTls tls, FairExecutor tasks, Counters counters) {}

  /**
   * @param client the address of the client
   * @param whenSecured called once, on the event loop, when the handshake has succeeded
   */
  TlsHandshake(InetSocketAddress client, Services services, Consumer<SecureChannel> whenSecured) {
    this.client = LogText.address(client);
    this.services = services;
    this.tasks = services.tasks().of(ClientNetwork.of(client.getAddress()));
    this.whenSecured = whenSecured;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    tls = TlsLayer.insert(services.tls(), context.pipeline(), tasks);
    context.read();
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (!(event instanceof SslHandshakeCompletionEvent handshake)) {
      context.fireUserEventTriggered(event);
    } else if (handshake.isSuccess()) {
      services.counters().handshake();
      context.pipeline().remove(this);
      SecureChannel channel = tls.secured();
      Client.TlsSession session = channel.session();
      LOG.log(
          Level.DEBUG,
          "session of {0} has {1} with {2}",
          client,
          session.protocol(),
          session.cipherSuite());
      whenSecured.accept(channel);
    } else {
      // Netty closes the connection after it has sent an alert.
      services.counters().handshakeFailed();
      LOG.log(Level.DEBUG, "TLS handshake of {0} failed: {1}", client, handshake.cause());
    }
  }

  /** Closes the connection. The event at the end of the handshake reports the reason. */
  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    ChannelFuture unused = context.close();
  }
}
