// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.content;

import io.netty.buffer.ByteBuf;
import java.io.IOException;

/**
 * Writes content of a {@link SpoolStore} to the heap and, if it is long, from there to a file. If
 * the sink is discarded during a flush, the thread of that flush frees the space and the file when
 * the flush ends.
 */
final class SpoolSink implements ContentSink {

  /** Large enough to keep the cost of changing threads for a flush low. */
  private static final int FLUSH_SIZE = 256 << 10;

  private final SpoolStore store;
  private final Budget.Share share;
  private final ChunkBuffer buffer;
  private final int threshold;

  /** Null while all content is in the buffer. */
  private SpoolFile file;

  private long size;
  private long flushed;
  private boolean ended;

  /** Whether a thread is in {@link #flush}. Guarded by this. */
  private boolean flushing;

  /** Whether the content was handed over or discarded. Guarded by this. */
  private boolean done;

  SpoolSink(SpoolStore store, Budget.Share share, ChunkBuffer buffer, int threshold) {
    this.store = store;
    this.share = share;
    this.buffer = buffer;
    this.threshold = threshold;
  }

  @Override
  public void write(ByteBuf data) throws InsufficientStorageException {
    int count = data.readableBytes();
    if (!share.tryTake(count)) {
      throw store.overBudget();
    }
    size += count;
    buffer.append(data);
  }

  @Override
  public void end() {
    ended = true;
  }

  @Override
  public boolean needsFlush() {
    if (buffer.isOverBudget()) {
      return true;
    }
    boolean inFile = file != null || size > threshold;
    return inFile && buffer.size() > 0 && (ended || buffer.size() >= FLUSH_SIZE);
  }

  @Override
  public void flush() throws IOException {
    if (!beginFlush()) {
      return;
    }
    try {
      moveToFile();
    } finally {
      if (endFlush()) {
        giveBack();
      }
    }
  }

  /** Returns whether there is something to flush; false if this was discarded in the meantime. */
  private synchronized boolean beginFlush() {
    flushing = !done;
    return flushing;
  }

  /** Returns whether this was discarded during the flush. */
  private synchronized boolean endFlush() {
    flushing = false;
    return done;
  }

  private void moveToFile() throws IOException {
    if (file == null) {
      file = store.createFile();
    }
    int count = buffer.size();
    buffer.drainTo(file, FLUSH_SIZE);
    flushed += count;
    store.movedToDisk(count);
  }

  @Override
  public Content content() {
    synchronized (this) {
      done = true;
    }
    if (file == null) {
      return new HeapContent(store, share, buffer);
    }
    buffer.release();
    return new FileContent(store, share, file, size);
  }

  @Override
  public void discard() {
    synchronized (this) {
      if (done) {
        return;
      }
      done = true;
      if (flushing) {
        return;
      }
    }
    giveBack();
  }

  private void giveBack() {
    if (file == null) {
      store.forget(buffer, share, size);
    } else {
      buffer.release();
      store.forget(file, share, flushed, size);
    }
  }
}
