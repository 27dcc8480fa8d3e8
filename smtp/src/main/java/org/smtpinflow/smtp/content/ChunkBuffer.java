// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.content;

import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Octets on the heap, in chunks: a small message takes a small chunk, and a large one is never
 * copied from one array into a larger one. Each chunk is taken from the memory budget.
 */
final class ChunkBuffer {

  private static final int FIRST_CHUNK = 4 << 10;
  private static final int FIRST_CHUNK_MAX = 16 << 10;

  /** Room for the trace fields, which are not part of the announced size. */
  private static final int TRACE_FIELDS = 1 << 10;

  /** Small enough not to be a humongous object to the G1 collector. */
  private static final int CHUNK_MAX = 64 << 10;

  private final Budget.Share memory;
  private final int firstChunk;
  private final List<byte[]> chunks = new ArrayList<>();
  private int size;
  private int capacity;

  /** How many chunks are full; the one after them is being filled. */
  private int full;

  /** How many octets are in the chunk that is being filled. */
  private int filled;

  private boolean overBudget;

  /**
   * @param expectedSize how many octets to expect, or 0; a claim of the client, so it is only a
   *     hint
   */
  ChunkBuffer(Budget.Share memory, long expectedSize) {
    this.memory = memory;
    this.firstChunk =
        expectedSize <= 0
            ? FIRST_CHUNK
            : (int) Math.min(expectedSize + TRACE_FIELDS, FIRST_CHUNK_MAX);
  }

  /** Copies all readable octets, over the memory budget if necessary. */
  void append(ByteBuf data) {
    size += data.readableBytes();
    while (data.isReadable()) {
      if (full == chunks.size()) {
        addChunk(data.readableBytes());
      }
      byte[] chunk = chunks.get(full);
      int count = Math.min(data.readableBytes(), chunk.length - filled);
      data.readBytes(chunk, filled, count);
      filled += count;
      if (filled == chunk.length) {
        full++;
        filled = 0;
      }
    }
  }

  private void addChunk(int needed) {
    int length = Math.min(Math.max(Math.max(capacity, firstChunk), needed), CHUNK_MAX);
    if (!memory.tryTake(length)) {
      overBudget = true;
      length = Math.min(needed, CHUNK_MAX);
      memory.take(length);
    }
    chunks.add(new byte[length]);
    capacity += length;
  }

  /** Returns whether memory was taken over the budget, so that this should be emptied soon. */
  boolean isOverBudget() {
    return overBudget;
  }

  int size() {
    return size;
  }

  /** Copies octets from a position below {@link #size} on; returns how many. */
  int read(int position, byte[] target, int offset, int length) {
    int index = 0;
    int start = position;
    while (start >= chunks.get(index).length) {
      start -= chunks.get(index).length;
      index++;
    }
    int wanted = Math.min(length, size - position);
    int copied = 0;
    while (copied < wanted) {
      byte[] chunk = chunks.get(index++);
      int count = Math.min(wanted - copied, chunk.length - start);
      System.arraycopy(chunk, start, target, offset + copied, count);
      copied += count;
      start = 0;
    }
    return copied;
  }

  /**
   * Moves all octets to a file. Keeps chunks for {@code keep} octets, to be filled again, unless
   * memory is short.
   */
  void drainTo(SpoolFile file, int keep) throws IOException {
    for (int i = 0; i < full; i++) {
      file.append(chunks.get(i), chunks.get(i).length);
    }
    if (filled > 0) {
      file.append(chunks.get(full), filled);
    }
    size = 0;
    full = 0;
    filled = 0;
    trim(overBudget ? 0 : keep);
    overBudget = false;
  }

  /**
   * Gives all memory back, once. A thread that is reading the octets can still do so; the garbage
   * collector takes them after that.
   */
  void release() {
    memory.giveBack(capacity);
    memory.end();
  }

  private void trim(int keep) {
    int before = capacity;
    while (capacity > keep) {
      capacity -= chunks.remove(chunks.size() - 1).length;
    }
    memory.giveBack(before - capacity);
  }
}
