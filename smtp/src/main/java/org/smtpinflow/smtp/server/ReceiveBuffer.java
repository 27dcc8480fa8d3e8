// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.server;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.DefaultMaxMessagesRecvByteBufAllocator;

/**
 * The buffer for all input of an event loop. The handler that gets it must consume it, or copy the
 * rest, before it returns. So a waiting session holds no buffer, however many sessions there are.
 */
final class ReceiveBuffer extends DefaultMaxMessagesRecvByteBufAllocator {

  private static final int SIZE = 64 << 10;

  private final ByteBuf buffer = Unpooled.directBuffer(SIZE, SIZE);

  @Override
  public ExtendedHandle newHandle() {
    return new Lease();
  }

  void close() {
    buffer.release();
  }

  private final class Lease extends MaxMessageHandle {

    @Override
    public ByteBuf allocate(ByteBufAllocator unused) {
      if (buffer.refCnt() != 1) {
        throw new IllegalStateException("receive buffer is still in use");
      }
      return buffer.clear().retain();
    }

    @Override
    public int guess() {
      return SIZE;
    }
  }
}
