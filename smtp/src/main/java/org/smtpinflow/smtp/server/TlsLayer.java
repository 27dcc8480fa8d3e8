// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.server;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.ssl.SslHandler;
import org.smtpinflow.smtp.sasl.SecureChannel;
import org.smtpinflow.smtp.tls.ReloadableTls;
import org.smtpinflow.smtp.tls.TlsContext;

/** TLS between one session and its socket. Used on the session's event loop. */
final class TlsLayer {

  private final TlsContext context;
  private final SslHandler handler;

  private TlsLayer(TlsContext context, SslHandler handler) {
    this.context = context;
    this.handler = handler;
  }

  /**
   * Puts TLS next to the socket. What was written before stays in clear text; what is read from now
   * on is TLS or an error. The pipeline is told when the handshake is over.
   */
  static TlsLayer insert(ReloadableTls tls, ChannelPipeline pipeline) {
    TlsContext context = tls.current();
    SslHandler handler = new SslHandler(context.newEngine());
    handler.setHandshakeTimeoutMillis(tls.config().handshakeTimeout().toMillis());
    handler.setCumulator(TlsLayer::copy);
    pipeline.addFirst(handler);
    return new TlsLayer(context, handler);
  }

  /** Copies what was received behind what is left, as the event loop's buffer must go back. */
  private static ByteBuf copy(ByteBufAllocator allocator, ByteBuf left, ByteBuf received) {
    try {
      return allocator
          .heapBuffer(left.readableBytes() + received.readableBytes())
          .writeBytes(left)
          .writeBytes(received);
    } finally {
      left.release();
      received.release();
    }
  }

  boolean isHandshaking() {
    return !handler.handshakeFuture().isDone();
  }

  /** Says whether the handshake has succeeded. */
  boolean isSecured() {
    return handler.handshakeFuture().isSuccess();
  }

  /** Tells what came of the handshake, which is the last one. */
  SecureChannel secured() {
    TlsContext.forbidRenegotiation(handler.engine());
    return new SecureChannel(
        context.session(handler.engine()), context.serverCertificate(handler.engine()));
  }
}
