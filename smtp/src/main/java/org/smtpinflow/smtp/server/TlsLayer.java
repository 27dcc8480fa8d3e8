// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.server;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.ssl.SslHandler;
import java.util.concurrent.Executor;
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
   * Inserts TLS next to the socket. Output written before remains in clear text. All further input
   * must be TLS. The pipeline gets an {@link io.netty.handler.ssl.SslHandshakeCompletionEvent} at
   * the end of the handshake.
   *
   * @param executor computes signatures and keys, and checks the client's certificate
   */
  static TlsLayer insert(ReloadableTls tls, ChannelPipeline pipeline, Executor executor) {
    TlsContext context = tls.current();
    HandshakeTasks tasks = new HandshakeTasks(executor);
    SslHandler handler = new SslHandler(context.newEngine(), tasks);
    handler.setHandshakeTimeoutMillis(tls.config().handshakeTimeout().toMillis());
    handler.setCumulator(TlsLayer::copy);
    pipeline.addFirst(tasks, handler);
    return new TlsLayer(context, handler);
  }

  /** Copies the input, because the event loop's receive buffer must be given back. */
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

  /** Returns the facts that the handshake established, and disables renegotiation. */
  SecureChannel secured() {
    TlsContext.forbidRenegotiation(handler.engine());
    return new SecureChannel(
        context.session(handler.engine()), context.serverCertificate(handler.engine()));
  }
}
