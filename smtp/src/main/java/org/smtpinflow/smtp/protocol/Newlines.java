// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.protocol;

import io.netty.buffer.ByteBuf;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Finds CR and LF, looking at eight octets at a time. */
final class Newlines {

  private static final long ONES = 0x0101010101010101L;
  private static final long HIGH_BITS = 0x8080808080808080L;
  private static final long CRS = ONES * '\r';
  private static final long LFS = ONES * '\n';

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private Newlines() {}

  /** Returns the index of the first CR or LF from {@code from} on, or {@code to} if none is. */
  static int indexOf(ByteBuf buffer, int from, int to) {
    if (buffer.hasArray()) {
      int offset = buffer.arrayOffset();
      return indexOf(buffer.array(), from + offset, to + offset) - offset;
    }
    int at = from;
    for (; at <= to - Long.BYTES; at += Long.BYTES) {
      long found = find(buffer.getLongLE(at));
      if (found != 0) {
        return at + Long.numberOfTrailingZeros(found) / Byte.SIZE;
      }
    }
    while (at < to && !isNewline(buffer.getByte(at))) {
      at++;
    }
    return at;
  }

  private static int indexOf(byte[] octets, int from, int to) {
    int at = from;
    for (; at <= to - Long.BYTES; at += Long.BYTES) {
      long found = find((long) LONGS.get(octets, at));
      if (found != 0) {
        return at + Long.numberOfTrailingZeros(found) / Byte.SIZE;
      }
    }
    while (at < to && !isNewline(octets[at])) {
      at++;
    }
    return at;
  }

  /**
   * Sets the high bit of the first octet that is CR or LF, counted from the low end. An octet is
   * zero if subtracting one borrows into its high bit (Warren, Hacker's Delight, section 6-1); a
   * borrow out of a zero octet can mark only octets above it, which do not matter.
   */
  private static long find(long octets) {
    long cr = octets ^ CRS;
    long lf = octets ^ LFS;
    return (((cr - ONES) & ~cr) | ((lf - ONES) & ~lf)) & HIGH_BITS;
  }

  private static boolean isNewline(byte octet) {
    return octet == '\r' || octet == '\n';
  }
}
