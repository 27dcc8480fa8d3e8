// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.rar.inflow;

import jakarta.mail.internet.SharedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.smtpinflow.smtp.content.Content;

/**
 * Reads a section of a message's content from the heap or from its file. As a {@link
 * SharedInputStream} it lets Jakarta Mail keep positions instead of copies of the parts of a
 * message.
 */
final class ContentInputStream extends InputStream implements SharedInputStream {

  private static final int BUFFER_SIZE = 8 << 10;

  private final Content content;
  private final BooleanSupplier readable;
  private final long start;
  private final long end;

  /** Holds the octets from {@code bufferStart} on; allocated when first needed. */
  private byte[] buffer = {};

  private long bufferStart;
  private int buffered;
  private long position;
  private long mark;

  /** Reads all of the content for as long as it is readable. */
  ContentInputStream(Content content, BooleanSupplier readable) {
    this(content, readable, 0, content.size());
  }

  private ContentInputStream(Content content, BooleanSupplier readable, long start, long end) {
    this.content = content;
    this.readable = readable;
    this.start = start;
    this.end = end;
    this.position = start;
    this.mark = start;
  }

  @Override
  public int read() throws IOException {
    if (!fill()) {
      return -1;
    }
    return buffer[(int) (position++ - bufferStart)] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, target.length);
    if (length == 0) {
      return 0;
    }
    if (length >= BUFFER_SIZE && !isBuffered()) {
      return readThrough(target, offset, length);
    }
    if (!fill()) {
      return -1;
    }
    int from = (int) (position - bufferStart);
    int count = Math.min(length, buffered - from);
    System.arraycopy(buffer, from, target, offset, count);
    position += count;
    return count;
  }

  private int readThrough(byte[] target, int offset, int length) throws IOException {
    checkReadable();
    int wanted = (int) Math.min(length, end - position);
    if (wanted <= 0) {
      return -1;
    }
    int count = content.read(position, target, offset, wanted);
    position += Math.max(count, 0);
    return count;
  }

  private boolean isBuffered() {
    return position >= bufferStart && position < bufferStart + buffered;
  }

  /** Makes sure that the octet at the position is in the buffer; false at the end. */
  private boolean fill() throws IOException {
    checkReadable();
    if (position >= end) {
      return false;
    }
    if (!isBuffered()) {
      if (buffer.length == 0) {
        buffer = new byte[(int) Math.min(BUFFER_SIZE, end - start)];
      }
      int wanted = (int) Math.min(buffer.length, end - position);
      buffered = Math.max(content.read(position, buffer, 0, wanted), 0);
      bufferStart = position;
    }
    return buffered > 0;
  }

  private void checkReadable() throws IOException {
    if (!readable.getAsBoolean()) {
      throw new IOException("the content of a mail cannot be read after onMail has returned");
    }
  }

  @Override
  public long skip(long count) {
    long skipped = Math.max(0, Math.min(count, end - position));
    position += skipped;
    return skipped;
  }

  @Override
  public int available() {
    return (int) Math.min(Integer.MAX_VALUE, end - position);
  }

  @Override
  public boolean markSupported() {
    return true;
  }

  @Override
  public synchronized void mark(int readLimit) {
    mark = position;
  }

  @Override
  public synchronized void reset() {
    position = mark;
  }

  /** {@inheritDoc} Relative to where this stream began. */
  @Override
  public long getPosition() {
    return position - start;
  }

  /** {@inheritDoc} Positions are relative to where this stream began; an end of -1 is its end. */
  @Override
  public InputStream newStream(long from, long to) {
    long newEnd = to == -1 ? end : start + to;
    Objects.checkFromToIndex(from, newEnd - start, end - start);
    return new ContentInputStream(content, readable, start + from, newEnd);
  }
}
