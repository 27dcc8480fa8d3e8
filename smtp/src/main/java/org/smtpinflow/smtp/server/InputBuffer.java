// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.server;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import org.smtpinflow.smtp.protocol.SmtpSession;
import org.smtpinflow.smtp.protocol.Step;

/** The input that has arrived and that the session has not read yet. */
final class InputBuffer {

  /**
   * How many octets the session gets before its replies are sent, because the replies may be much
   * longer than the commands.
   */
  private static final int SLICE = 8 << 10;

  private final ByteBufAllocator allocator;
  private ByteBuf octets = Unpooled.EMPTY_BUFFER;
  private boolean borrowed;
  private int slice = SLICE;
  private boolean allOffered = true;

  InputBuffer(ByteBufAllocator allocator) {
    this.allocator = allocator;
  }

  /**
   * Adds received octets, which may stay in the event loop's buffer until {@link #giveBuffer}.
   * There may be earlier input: the beginning of a command or, because TLS delivers records one by
   * one, everything that arrived while the session could not continue.
   */
  void add(ByteBuf received) {
    giveBuffer();
    allOffered = false;
    if (octets.isReadable()) {
      octets.discardReadBytes().writeBytes(received);
      received.release();
    } else {
      octets.release();
      octets = received;
      borrowed = true;
    }
  }

  /**
   * Gives the event loop's buffer back, and keeps a copy of the octets that the session has not
   * read.
   */
  void giveBuffer() {
    if (borrowed) {
      ByteBuf received = octets;
      octets = Unpooled.EMPTY_BUFFER;
      borrowed = false;
      if (received.isReadable()) {
        octets = allocator.heapBuffer(received.readableBytes()).writeBytes(received);
      }
      received.release();
    }
  }

  /** Offers the session a part of the input; a larger one if it could not use the last one. */
  Step offer(SmtpSession session) {
    int start = octets.readerIndex();
    int end = octets.writerIndex();
    int sliceEnd = Math.min(end, start + slice);
    allOffered = sliceEnd == end;
    octets.writerIndex(sliceEnd);
    try {
      return session.advance(octets);
    } finally {
      octets.writerIndex(end);
      slice = allOffered || octets.readerIndex() > start ? SLICE : 2 * slice;
    }
  }

  /** Returns how many octets the session has not read. */
  int size() {
    return octets.readableBytes();
  }

  /** Returns whether there is anything that the session has not read. */
  boolean isReadable() {
    return octets.isReadable();
  }

  /** Returns whether the session was offered all input. */
  boolean isAllOffered() {
    return allOffered;
  }

  /** Discards all input. */
  void close() {
    octets.release();
    octets = Unpooled.EMPTY_BUFFER;
    borrowed = false;
  }
}
