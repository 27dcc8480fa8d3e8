// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.protocol;

import io.netty.buffer.ByteBuf;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.smtpinflow.smtp.content.Content;
import org.smtpinflow.smtp.content.ContentSink;
import org.smtpinflow.smtp.content.ContentStore;
import org.smtpinflow.smtp.content.InsufficientStorageException;

/**
 * A store on the heap that is as strict as a store can be: it fails a test that uses a sink against
 * its contract, and knows whether everything was given back.
 */
final class TestStore implements ContentStore {

  private long budget = Long.MAX_VALUE;
  private int flushEvery = Integer.MAX_VALUE;
  private boolean diskFull;
  private int inUse;
  private int opened;
  private long lastExpectedSize = -1;

  /** Refuses content that all in all has more octets than this. */
  void budget(long octets) {
    budget = octets;
  }

  /** Makes a flush due whenever so many octets came. */
  void flushEvery(int octets) {
    flushEvery = octets;
  }

  /** Makes every flush fail. */
  void diskFull() {
    diskFull = true;
  }

  /** Returns how many sinks and contents nobody has given back. */
  int inUse() {
    return inUse;
  }

  int opened() {
    return opened;
  }

  long lastExpectedSize() {
    return lastExpectedSize;
  }

  @Override
  public ContentSink open(long expectedSize) throws InsufficientStorageException {
    lastExpectedSize = expectedSize;
    if (expectedSize > budget) {
      throw new InsufficientStorageException("expected " + expectedSize);
    }
    inUse++;
    opened++;
    return new Sink();
  }

  private final class Sink implements ContentSink {

    private final ByteArrayOutputStream octets = new ByteArrayOutputStream();
    private int unflushed;
    private boolean ended;
    private boolean failed;
    private boolean over;

    @Override
    public void write(ByteBuf data) throws InsufficientStorageException {
      require(!over && !failed && !ended && !needsFlush(), "write");
      if (octets.size() + data.readableBytes() > budget) {
        failed = true;
        throw new InsufficientStorageException("budget of " + budget);
      }
      byte[] bytes = new byte[data.readableBytes()];
      data.readBytes(bytes);
      octets.writeBytes(bytes);
      unflushed += bytes.length;
    }

    @Override
    public void end() {
      require(!over && !failed && !ended && !needsFlush(), "end");
      ended = true;
    }

    @Override
    public boolean needsFlush() {
      return unflushed > 0 && (unflushed >= flushEvery || (ended && flushEvery < octets.size()));
    }

    @Override
    public void flush() throws IOException {
      require(!over && !failed && needsFlush(), "flush");
      if (diskFull) {
        failed = true;
        throw new IOException("disk is full");
      }
      unflushed = 0;
    }

    @Override
    public Content content() {
      require(!over && !failed && ended && !needsFlush(), "content");
      over = true;
      return new HeapContent(octets.toByteArray());
    }

    @Override
    public void discard() {
      require(!over, "discard");
      over = true;
      inUse--;
    }

    private void require(boolean legal, String call) {
      if (!legal) {
        throw new AssertionError("a sink was used against its contract: " + call);
      }
    }
  }

  private final class HeapContent implements Content {

    private final byte[] octets;
    private boolean closed;

    HeapContent(byte[] octets) {
      this.octets = octets;
    }

    @Override
    public long size() {
      return octets.length;
    }

    @Override
    public int read(long position, byte[] target, int offset, int length) {
      int count = (int) Math.min(length, octets.length - position);
      System.arraycopy(octets, (int) position, target, offset, count);
      return count;
    }

    @Override
    public void close() {
      if (!closed) {
        closed = true;
        inUse--;
      }
    }
  }
}
