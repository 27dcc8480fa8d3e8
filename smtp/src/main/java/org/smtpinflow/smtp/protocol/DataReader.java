// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.protocol;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.smtpinflow.smtp.protocol.SessionConfig.BareNewlines;

/**
 * Reads the content that follows DATA from the input. Only CRLF.CRLF ends it, whether or not bare
 * newlines are accepted. If a line begins with a dot, that dot is removed (RFC 5321, sections
 * 4.1.1.4 and 4.5.2).
 *
 * <p>Lines may be longer than the 1,000 octets of RFC 5321, section 4.5.3.1.6: no buffer here
 * depends on their length, and a limit would only lose mail.
 */
final class DataReader implements ContentReader {

  private enum State {
    LINE_START,
    /** After a dot that began a line. It is not content, and has been read from the input. */
    DOT,
    /** After such a dot and a CR, which has also been read, but may still be content. */
    DOT_CR,
    /** Within a line. */
    LINE,
    /** After a CR within a line. */
    CR,
    END
  }

  private final IncomingContent content;
  private final BareNewlines bareNewlines;
  private State state = State.LINE_START;

  DataReader(IncomingContent content, BareNewlines bareNewlines) {
    this.content = content;
    this.bareNewlines = bareNewlines;
  }

  @Override
  public IncomingContent content() {
    return content;
  }

  @Override
  public boolean ended() {
    return state == State.END;
  }

  @Override
  public boolean isLast() {
    return true;
  }

  @Override
  public boolean isJunk() {
    return false;
  }

  @Override
  public void read(ByteBuf input) {
    int end = input.writerIndex();
    // The octets between the reader index and this one are content that has not been passed on yet.
    int at = input.readerIndex();
    while (at < end && !ended() && !content.needsFlush()) {
      switch (state) {
        case LINE -> {
          at = endOfLine(input, at, end);
          if (at < end && input.getByte(at) == '\r') {
            at++;
            state = State.CR;
          } else if (at < end) {
            foundBareNewline(input, at);
            at++;
          }
        }
        case CR -> {
          if (input.getByte(at) == '\n') {
            at++;
            state = State.LINE_START;
          } else {
            foundBareNewline(input, at);
            state = State.LINE;
          }
        }
        case LINE_START -> {
          if (input.getByte(at) == '.') {
            passOn(input, at);
            input.readerIndex(++at);
            state = State.DOT;
          } else {
            state = State.LINE;
          }
        }
        case DOT -> {
          if (input.getByte(at) == '\r') {
            input.readerIndex(++at);
            state = State.DOT_CR;
          } else {
            state = State.LINE;
          }
        }
        case DOT_CR -> {
          if (input.getByte(at) == '\n') {
            input.readerIndex(++at);
            state = State.END;
          } else {
            content.write(Unpooled.wrappedBuffer(new byte[] {'\r'}));
            foundBareNewline(input, at);
            state = State.LINE;
          }
        }
        case END -> throw new IllegalStateException("content has ended");
      }
    }
    passOn(input, at);
  }

  /** Returns the index of the next newline that is not the CRLF between two lines of text. */
  private static int endOfLine(ByteBuf input, int from, int end) {
    int at = Newlines.indexOf(input, from, end);
    while (at < end - 2
        && input.getByte(at) == '\r'
        && input.getByte(at + 1) == '\n'
        && input.getByte(at + 2) != '.') {
      at = Newlines.indexOf(input, at + 2, end);
    }
    return at;
  }

  /**
   * Refuses the message at the octet that shows a newline to be bare. The octets before it are
   * passed on and counted first: the reason for a refusal must not depend on how the network
   * segments the input.
   */
  private void foundBareNewline(ByteBuf input, int at) {
    if (bareNewlines == BareNewlines.REFUSE) {
      passOn(input, at);
      content.refuse(Replies.BARE_NEWLINE_IN_CONTENT);
    }
  }

  private void passOn(ByteBuf input, int to) {
    if (to > input.readerIndex()) {
      content.write(input.readSlice(to - input.readerIndex()));
    }
  }
}
