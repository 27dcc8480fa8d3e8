// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.content;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Keeps content on the heap up to a threshold, and longer content in temporary files. All of it
 * together stays within a budget. What is on the heap stays within a budget of its own: when that
 * is used up, content goes to files whatever its length, and each sink that is being written to
 * holds no more than what it was given in one write. Both budgets are shared between client
 * networks, see {@link #of}.
 *
 * <p>Freeing space does not depend on the garbage collector: content frees its space when it is
 * closed, and a sink when it is discarded.
 */
public final class SpoolStore implements ContentStore {

  private static final Logger LOG = System.getLogger("org.smtpinflow.smtp.content");

  private final Path directory;
  private final int threshold;
  private final Budget space;
  private final Budget memory;
  private final Executor blocking;
  private final AtomicLong open = new AtomicLong();
  private final AtomicLong onDisk = new AtomicLong();

  /**
   * Makes a store.
   *
   * @param directory the directory for the files; it must exist
   * @param threshold the number of octets up to which content stays on the heap
   * @param budget the octets that all content together may have, on the heap and on disk
   * @param memory the octets that all content together may take on the heap
   * @param blocking closes files, which can take long if they are large; if it rejects a task, the
   *     calling thread closes the file
   */
  public SpoolStore(Path directory, int threshold, long budget, long memory, Executor blocking) {
    this.directory = directory;
    this.threshold = threshold;
    this.space = new Budget(budget);
    this.memory = new Budget(memory);
    this.blocking = blocking;
  }

  /**
   * What a store holds.
   *
   * @param open the number of contents, including those that are still being written
   * @param heap the octets that they take on the heap
   * @param disk the octets that they take in files
   */
  public record Usage(long open, long heap, long disk) {}

  /** Returns what this store holds now. */
  public Usage usage() {
    return new Usage(open.get(), memory.used(), onDisk.get());
  }

  /**
   * {@inheritDoc}
   *
   * <p>The expected size is compared with the space that is left, but the space is not reserved: it
   * costs a client nothing to announce a large message.
   */
  @Override
  public ContentSink open(long expectedSize) throws InsufficientStorageException {
    return open(new Object(), expectedSize);
  }

  /**
   * Returns this store for the contents of one holder, such as a client network. Several holders
   * share the budgets: none gets more of a budget than it leaves free, unless it has one content
   * only.
   *
   * @param holder equal to itself only, and to other objects for the same holder
   */
  public ContentStore of(Object holder) {
    return expectedSize -> open(holder, expectedSize);
  }

  private ContentSink open(Object holder, long expectedSize) throws InsufficientStorageException {
    Budget.Share share = space.begin(holder);
    if (!share.allows(expectedSize)) {
      share.end();
      throw overBudget();
    }
    open.incrementAndGet();
    ChunkBuffer buffer = new ChunkBuffer(memory.begin(holder), expectedSize);
    return new SpoolSink(this, share, buffer, threshold);
  }

  InsufficientStorageException overBudget() {
    return new InsufficientStorageException(
        "content would be over the budget of "
            + space.limit()
            + " octets, or over the client's share of it");
  }

  SpoolFile createFile() throws IOException {
    return SpoolFile.create(directory);
  }

  void movedToDisk(long octets) {
    onDisk.addAndGet(octets);
  }

  /** Gives back what a content or sink of {@code size} octets took on the heap. */
  void forget(ChunkBuffer buffer, Budget.Share share, long size) {
    buffer.release();
    end(share, size);
  }

  private void end(Budget.Share share, long size) {
    share.giveBack(size);
    share.end();
    open.decrementAndGet();
  }

  /**
   * Closes a file on another thread, and gives back the space of a content of {@code size} octets,
   * of which {@code flushed} are in the file.
   */
  void forget(SpoolFile file, Budget.Share share, long flushed, long size) {
    Runnable close = () -> close(file, share, flushed, size);
    try {
      blocking.execute(close);
    } catch (RejectedExecutionException e) {
      close.run();
    }
  }

  private void close(SpoolFile file, Budget.Share share, long flushed, long size) {
    try {
      file.close();
    } catch (IOException e) {
      LOG.log(Level.WARNING, "temporary file in " + directory + " could not be closed: " + e);
    } finally {
      onDisk.addAndGet(-flushed);
      end(share, size);
    }
  }
}
