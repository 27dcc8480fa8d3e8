// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.content;

import io.netty.buffer.ByteBuf;
import java.io.IOException;

/**
 * The destination of the content of one message while it arrives. Only {@link #flush} blocks. The
 * session never calls it: the session asks for a flush, and its driver calls it on a thread that
 * may block. One thread at a time uses a sink, except that {@link #discard} may be called during a
 * flush.
 */
public interface ContentSink {

  /**
   * Takes the readable bytes of {@code data}: copies them, and moves its reader index past them.
   *
   * @throws InsufficientStorageException if that would exceed the budget; the sink can then only be
   *     discarded
   */
  void write(ByteBuf data) throws InsufficientStorageException;

  /** Ends the content: nothing more will be written. A flush may be due afterwards. */
  void end();

  /** Returns whether {@link #flush} must be called before anything else but {@link #discard}. */
  boolean needsFlush();

  /**
   * Moves what is buffered to the file. Blocks. Does nothing once the sink has been discarded.
   *
   * @throws IOException if the disk is full or fails; the sink can then only be discarded
   */
  void flush() throws IOException;

  /**
   * Returns what was written. {@link #end} must have been called, and no flush may be due. The
   * caller owns the content; the sink must not be used any more.
   */
  Content content();

  /**
   * Discards the content and frees its space. May be called on any thread, even while another
   * thread is in {@link #flush}: that flush then frees the space when it ends. Does not block. Has
   * no effect after {@link #content} or after a first call.
   */
  void discard();
}
