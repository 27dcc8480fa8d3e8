// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.content;

import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

/** Content that is on the heap. */
final class HeapContent implements Content {

  private final SpoolStore store;
  private final Budget.Share share;
  private final int size;

  /** Null once this is closed. */
  private final AtomicReference<ChunkBuffer> octets;

  HeapContent(SpoolStore store, Budget.Share share, ChunkBuffer octets) {
    this.store = store;
    this.share = share;
    this.size = octets.size();
    this.octets = new AtomicReference<>(octets);
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public int read(long position, byte[] target, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, target.length);
    ChunkBuffer buffer = octets.get();
    if (buffer == null) {
      throw new IOException("content has been closed");
    }
    if (length == 0) {
      return 0;
    }
    return position >= size ? -1 : buffer.read((int) position, target, offset, length);
  }

  @Override
  public void close() {
    ChunkBuffer buffer = octets.getAndSet(null);
    if (buffer != null) {
      store.forget(buffer, share, size);
    }
  }
}
