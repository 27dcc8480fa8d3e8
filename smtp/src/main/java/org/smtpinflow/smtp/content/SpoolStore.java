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
 * Keeps content on the heap up to a threshold, and longer content in temporary files. One budget
 * limits all content, another one the content on the heap. If the heap budget is used up, content
 * of any length goes to files, and a sink holds no more than the octets of one write.
 *
 * <p>Nothing is left to a garbage collector: content gives its space back when it is closed, and a
 * sink when it is discarded.
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
   * @param directory where files are made; it must exist
   * @param threshold octets up to which content stays on the heap
   * @param budget octets that all content together may have, on the heap and on disk
   * @param memory octets that content may take on the heap
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
   * @param open how many contents there are, those still being written included
   * @param heap how many octets they take on the heap
   * @param disk how many octets they take in files
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
    if (expectedSize > space.limit() - space.used()) {
      throw overBudget();
    }
    open.incrementAndGet();
    return new SpoolSink(this, new ChunkBuffer(memory, expectedSize), threshold);
  }

  void takeSpace(long octets) throws InsufficientStorageException {
    if (!space.tryTake(octets)) {
      throw overBudget();
    }
  }

  private InsufficientStorageException overBudget() {
    return new InsufficientStorageException(
        "content would be over the budget of " + space.limit() + " octets");
  }

  SpoolFile createFile() throws IOException {
    return SpoolFile.create(directory);
  }

  void movedToDisk(long octets) {
    onDisk.addAndGet(octets);
  }

  /** Gives back the space of a content or sink of {@code size} octets that is on the heap. */
  void forget(ChunkBuffer buffer, long size) {
    buffer.release();
    space.giveBack(size);
    open.decrementAndGet();
  }

  /**
   * Closes a file on another thread, and gives back the space of a content of {@code size} octets,
   * of which {@code flushed} are in the file.
   */
  void forget(SpoolFile file, long flushed, long size) {
    Runnable close = () -> close(file, flushed, size);
    try {
      blocking.execute(close);
    } catch (RejectedExecutionException e) {
      close.run();
    }
  }

  private void close(SpoolFile file, long flushed, long size) {
    try {
      file.close();
    } catch (IOException e) {
      LOG.log(Level.WARNING, "temporary file in " + directory + " could not be closed: " + e);
    } finally {
      onDisk.addAndGet(-flushed);
      space.giveBack(size);
      open.decrementAndGet();
    }
  }
}
