// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.server;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Closes a connection so that the last reply arrives. If a socket is closed while it has unread
 * input, the connection is reset, and a reply that the client has not read yet can be lost.
 * Therefore only the output is closed after the last reply, and input is discarded until the client
 * closes its side, up to limits of time and octets.
 *
 * <p>In TLS the output ends with a close_notify alert (RFC 8446, section 6.1); later input is not
 * even decrypted.
 */
final class LingeringClose extends ChannelInboundHandlerAdapter {

  private static final long SECONDS_MAX = 2;
  private static final long OCTETS_MAX = 16L << 20;

  private long octets;
  private Future<?> limit;

  private LingeringClose() {}

  /**
   * Takes the place of the handler of a context.
   *
   * @param lastWrite the last reply
   */
  static void replace(ChannelHandlerContext context, ChannelFuture lastWrite) {
    context.pipeline().replace(context.handler(), null, new LingeringClose());
    lastWrite.addListener(
        (ChannelFutureListener)
            written -> {
              SslHandler tls = written.channel().pipeline().get(SslHandler.class);
              if (tls == null || !written.isSuccess()) {
                endOutput(written);
              } else {
                tls.closeOutbound().addListener((ChannelFutureListener) LingeringClose::endTls);
              }
            });
  }

  private static void endTls(ChannelFuture notified) {
    if (notified.channel().pipeline().get(SslHandler.class) != null) {
      notified.channel().pipeline().remove(SslHandler.class);
    }
    endOutput(notified);
  }

  private static void endOutput(ChannelFuture written) {
    ChannelFuture unused =
        written.isSuccess()
                && written.channel() instanceof DuplexChannel socket
                && !socket.isInputShutdown()
            ? socket.shutdownOutput()
            : written.channel().close();
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    limit = context.executor().schedule(() -> disconnect(context), SECONDS_MAX, TimeUnit.SECONDS);
    context.read();
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    octets += ((ByteBuf) message).readableBytes();
    ReferenceCountUtil.release(message);
    if (octets > OCTETS_MAX) {
      disconnect(context);
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    context.read();
  }

  /** The end of input closes the channel by itself, as half-closure is not allowed here. */
  @Override
  public void channelInactive(ChannelHandlerContext context) {
    limit.cancel(false);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    disconnect(context);
  }

  private static void disconnect(ChannelHandlerContext context) {
    ChannelFuture unused = context.close();
  }
}
