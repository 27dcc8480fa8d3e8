// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.content;

import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;

/** Content that is in a file. */
final class FileContent implements Content {

  private final SpoolStore store;
  private final Budget.Share share;
  private final SpoolFile file;
  private final long size;
  private final AtomicBoolean closed = new AtomicBoolean();

  FileContent(SpoolStore store, Budget.Share share, SpoolFile file, long size) {
    this.store = store;
    this.share = share;
    this.file = file;
    this.size = size;
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public int read(long position, byte[] target, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, target.length);
    if (closed.get()) {
      throw new IOException("content has been closed");
    }
    return length == 0 ? 0 : file.read(position, target, offset, length);
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      store.forget(file, share, size, size);
    }
  }
}
