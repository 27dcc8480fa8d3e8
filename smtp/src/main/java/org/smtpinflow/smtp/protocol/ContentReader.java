// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.protocol;

import io.netty.buffer.ByteBuf;

/** Takes content out of the input, framed as DATA or BDAT has it. */
interface ContentReader {

  /**
   * Passes content on from the input, until the input is empty, all that was framed is read, or a
   * flush is due.
   */
  void read(ByteBuf input);

  /** Returns where the content goes. */
  IncomingContent content();

  /** Returns whether all that was framed, a message or a chunk of one, has been read. */
  boolean ended();

  /** Returns whether the message is complete with what was framed. */
  boolean isLast();

  /** Returns whether what was framed is too small to advance the mail transaction. */
  boolean isJunk();
}
