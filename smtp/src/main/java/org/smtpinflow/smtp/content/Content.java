// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.content;

import java.io.IOException;

/**
 * The content of one message, complete and immutable, on the heap or in a file. Its owner closes
 * it, which gives its space back. Safe for use by several threads.
 */
public interface Content extends AutoCloseable {

  /** Returns the length in octets. */
  long size();

  /**
   * Reads octets from a position; otherwise like {@link java.io.InputStream#read(byte[], int,
   * int)}. May block.
   *
   * @return how many octets were read, at least one unless {@code length} is 0; -1 at the end
   * @throws IOException if the file cannot be read, or this content has been closed
   */
  int read(long position, byte[] target, int offset, int length) throws IOException;

  /** Frees the space. Does not block and never fails; a second call does nothing. */
  @Override
  void close();
}
