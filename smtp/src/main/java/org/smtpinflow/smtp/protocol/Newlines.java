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

  /**
   * Greater than CR and LF. Apart from these, text contains only one smaller octet, the tab, and
   * rarely.
   */
  private static final long BOUND = ONES * ('\r' + 1);

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
    while (at <= to - Long.BYTES) {
      long low = lowOctets(buffer.getLongLE(at));
      if (low == 0) {
        at += Long.BYTES;
        continue;
      }
      at += first(low);
      if (isNewline(buffer.getByte(at))) {
        return at;
      }
      at++;
    }
    while (at < to && !isNewline(buffer.getByte(at))) {
      at++;
    }
    return at;
  }

  /** The same for an array, without the checks that a buffer makes on each access. */
  private static int indexOf(byte[] octets, int from, int to) {
    int at = from;
    while (at <= to - Long.BYTES) {
      long low = lowOctets((long) LONGS.get(octets, at));
      if (low == 0) {
        at += Long.BYTES;
        continue;
      }
      at += first(low);
      if (isNewline(octets[at])) {
        return at;
      }
      at++;
    }
    while (at < to && !isNewline(octets[at])) {
      at++;
    }
    return at;
  }

  /**
   * Sets the high bit of the lowest octet that is below the bound: subtracting the bound borrows
   * into it, and it was not set before. A borrow may mark octets above that one wrongly, but none
   * below it (Warren, Hacker's Delight, section 6-1).
   */
  private static long lowOctets(long octets) {
    return (octets - BOUND) & ~octets & HIGH_BITS;
  }

  private static int first(long marks) {
    return Long.numberOfTrailingZeros(marks) / Byte.SIZE;
  }

  private static boolean isNewline(byte octet) {
    return octet == '\r' || octet == '\n';
  }
}
