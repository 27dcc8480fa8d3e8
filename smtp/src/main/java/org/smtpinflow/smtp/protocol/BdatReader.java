// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.protocol;

import io.netty.buffer.ByteBuf;

/**
 * Takes the chunks of a message out of the input. Each BDAT command gives the number of octets that
 * follow it (RFC 3030, section 2). In text, bare newlines are refused as after DATA. The end of a
 * chunk may divide a CRLF.
 */
final class BdatReader implements ContentReader {

  /** In octets. A client that sends smaller chunks after a refused one is not merely pipelining. */
  private static final int SMALL_CHUNK = 512;

  private final IncomingContent content;
  private final boolean refuseBareNewlines;
  private ChunkArgument chunk = new ChunkArgument(0, "");
  private long unread;
  private boolean afterCr;

  BdatReader(IncomingContent content, boolean refuseBareNewlines) {
    this.content = content;
    this.refuseBareNewlines = refuseBareNewlines;
  }

  /** Begins the next chunk. */
  void begin(ChunkArgument next) {
    chunk = next;
    unread = next.size();
    content.announce(unread);
  }

  @Override
  public IncomingContent content() {
    return content;
  }

  @Override
  public boolean ended() {
    return unread == 0;
  }

  @Override
  public boolean isLast() {
    return chunk.isLast();
  }

  @Override
  public boolean isJunk() {
    int enough = content.refusal().isPresent() ? SMALL_CHUNK : 1;
    return !isLast() && chunk.size() < enough;
  }

  @Override
  public void read(ByteBuf input) {
    int length = (int) Math.min(unread, input.readableBytes());
    unread -= length;
    ByteBuf octets = input.readSlice(length);
    if (refuseBareNewlines && content.refusal().isEmpty()) {
      int bare = indexOfBareNewline(octets);
      if (bare >= 0) {
        content.write(octets.readSlice(bare));
        content.refuse(Replies.BARE_NEWLINE_IN_CONTENT);
      }
    }
    content.write(octets);
    if (ended() && isLast() && afterCr) {
      content.refuse(Replies.BARE_NEWLINE_IN_CONTENT);
    }
  }

  /** Returns the index of the octet that shows a newline to be bare, or -1. */
  private int indexOfBareNewline(ByteBuf octets) {
    int end = octets.writerIndex();
    int at = octets.readerIndex();
    while (at < end) {
      if (afterCr) {
        if (octets.getByte(at) != '\n') {
          return at;
        }
        afterCr = false;
        at++;
        continue;
      }
      at = Newlines.indexOf(octets, at, end);
      if (at < end) {
        if (octets.getByte(at) == '\n') {
          return at;
        }
        afterCr = true;
        at++;
      }
    }
    return -1;
  }
}
