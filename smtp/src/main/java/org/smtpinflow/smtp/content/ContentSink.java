// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.content;

import io.netty.buffer.ByteBuf;
import java.io.IOException;

/**
 * Where a session puts the content of one message while it arrives. Only {@link #flush} blocks: the
 * session never calls it but says that it is due, and whoever drives the session calls it on a
 * thread that may block. Used by one thread at a time.
 */
public interface ContentSink {

  /**
   * Takes the readable bytes of {@code data}: copies them, and moves its reader index past them.
   *
   * @throws InsufficientStorageException if that would be over the budget; the sink is then of no
   *     more use than to be discarded
   */
  void write(ByteBuf data) throws InsufficientStorageException;

  /** Says that nothing more will be written. A flush may be due after it. */
  void end();

  /** Says whether {@link #flush} must be called before anything else is. */
  boolean needsFlush();

  /**
   * Moves what is buffered to the file. Blocks.
   *
   * @throws IOException if the disk is full or fails; the sink is then of no more use than to be
   *     discarded
   */
  void flush() throws IOException;

  /**
   * Returns what was written, once {@link #end} was called and no flush is due. The caller owns it;
   * the sink is done with.
   */
  Content content();

  /** Throws away what was written and gives its space back. Does not block. */
  void discard();
}
