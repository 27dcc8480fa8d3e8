// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.protocol;

import io.netty.buffer.ByteBuf;

/**
 * Counts the octets and the fields of a header while it arrives. A program that reads mail keeps
 * the header on the heap, where each field costs much more than its octets.
 *
 * <p>The header ends with the first empty line, or with the content if none comes. Each line that
 * does not continue another one counts as a field. If bare newlines are accepted, programs disagree
 * on where a line ends. So each CR and each LF ends a line here, but only a line that is empty for
 * all programs ends the header. No program finds a longer header than this class counts.
 */
final class HeaderLimiter {

  /** Returned if all limits are kept. */
  static final int NONE = Integer.MAX_VALUE;

  private enum State {
    /** At the beginning of a line, after an LF that may be followed by CRs. */
    LINE_START,
    /** After a CR within a line. */
    CR,
    /** Within a line. */
    LINE,
    /** After the header, or beyond a limit. */
    END
  }

  private final int maxOctets;
  private final int maxFields;
  private State state = State.LINE_START;
  private int octets;
  private int fields;

  HeaderLimiter(int maxOctets, int maxFields) {
    this.maxOctets = maxOctets;
    this.maxFields = maxFields;
  }

  /**
   * Checks the next octets of the content, without reading them.
   *
   * @return how many of them come before the first one beyond a limit; {@link #NONE} if none is
   */
  int octetsWithinLimits(ByteBuf run) {
    if (state == State.END) {
      return NONE;
    }
    int start = run.readerIndex();
    int length = Math.min(run.readableBytes(), maxOctets - octets);
    int end = start + length;
    for (int at = start; at < end; at++) {
      if (state == State.LINE) {
        at = Newlines.indexOf(run, at, end);
        if (at == end) {
          break;
        }
      }
      boolean withinLimit = take(run.getByte(at));
      if (state == State.END) {
        return withinLimit ? NONE : at - start;
      }
    }
    octets += length;
    if (length == run.readableBytes()) {
      return NONE;
    }
    state = State.END;
    return length;
  }

  /** Returns false if the octet begins a field too many. */
  private boolean take(byte octet) {
    if (octet == '\n') {
      state = state == State.LINE_START ? State.END : State.LINE_START;
    } else if (octet == '\r') {
      state = state == State.LINE ? State.CR : state;
    } else if (!isContinuation(octet) && ++fields > maxFields) {
      state = State.END;
      return false;
    } else {
      state = State.LINE;
    }
    return true;
  }

  /** Before the first field, a line has nothing to continue. */
  private boolean isContinuation(byte octet) {
    return fields > 0 && (octet == ' ' || octet == '\t');
  }

  /** Returns the reply for a header that is beyond a limit. */
  Reply refusal() {
    return fields > maxFields ? Replies.tooManyFields(maxFields) : Replies.headerTooBig(maxOctets);
  }
}
