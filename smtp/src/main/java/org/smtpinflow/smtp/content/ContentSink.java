// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.content;

import io.netty.buffer.ByteBuf;
import java.io.IOException;

/**
 * Where a session puts the content of one message while it arrives. Only {@link #flush} blocks. The
 * session never calls it: it says that a flush is due, and its driver calls it on a thread that may
 * block. One thread at a time uses a sink, except that {@link #discard} may be called during a
 * flush.
 */
public interface ContentSink {

  /**
   * Takes the readable bytes of {@code data}: copies them, and moves its reader index past them.
   *
   * @throws InsufficientStorageException if that would be over the budget; then the sink can only
   *     be discarded
   */
  void write(ByteBuf data) throws InsufficientStorageException;

  /** Says that nothing more will be written. A flush may be due after it. */
  void end();

  /** Returns whether {@link #flush} must be called before anything else but {@link #discard}. */
  boolean needsFlush();

  /**
   * Moves what is buffered to the file. Blocks. Does nothing once the sink has been discarded.
   *
   * @throws IOException if the disk is full or fails; then the sink can only be discarded
   */
  void flush() throws IOException;

  /**
   * Returns what was written. {@link #end} must have been called, and no flush may be due. The
   * caller owns the content; the sink is not used any more.
   */
  Content content();

  /**
   * Throws away what was written and gives its space back. May be called on any thread, also while
   * another one is in {@link #flush}: that flush then gives the space back when it ends. Does not
   * block. Does nothing after {@link #content} or a first call.
   */
  void discard();
}
