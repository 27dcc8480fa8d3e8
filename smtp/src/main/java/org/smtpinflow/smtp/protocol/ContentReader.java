// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.protocol;

import io.netty.buffer.ByteBuf;

/** Reads content from the input, with the framing of DATA or BDAT. */
interface ContentReader {

  /**
   * Passes content on from the input, until the input is empty, all that was framed is read, or a
   * flush is due.
   */
  void read(ByteBuf input);

  /** Returns the destination of the content. */
  IncomingContent content();

  /** Returns whether the framed content, a message or a chunk of one, has been read. */
  boolean ended();

  /** Returns whether the framed content completes the message. */
  boolean isLast();

  /** Returns whether what was framed is too small to advance the mail transaction. */
  boolean isJunk();
}
