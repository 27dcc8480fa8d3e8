// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class SpoolStoreTest {

  private static final int THRESHOLD = 100_000;
  private static final int MEMORY = 8 << 20;
  private static final SpoolStore.Usage NOTHING = new SpoolStore.Usage(0, 0, 0);

  @TempDir private Path directory;

  /** Closings that the store has given to its executor. */
  private final List<Runnable> closings = new ArrayList<>();

  private SpoolStore store(long budget, long memory) {
    return new SpoolStore(directory, THRESHOLD, budget, memory, closings::add);
  }

  private SpoolStore store() {
    return store(1 << 30, MEMORY);
  }

  private void runClosings() {
    closings.forEach(Runnable::run);
    closings.clear();
  }

  /** Octets that are the same every time and nowhere alike. */
  private static byte[] octets(int length) {
    byte[] octets = new byte[length];
    new Random(length).nextBytes(octets);
    return octets;
  }

  /** Writes in pieces, and flushes whenever that is due. */
  private static void write(ContentSink sink, byte[] octets, int piece)
      throws IOException, InsufficientStorageException {
    for (int i = 0; i < octets.length; i += piece) {
      sink.write(Unpooled.wrappedBuffer(octets, i, Math.min(piece, octets.length - i)));
      flushIfDue(sink);
    }
  }

  private static void flushIfDue(ContentSink sink) throws IOException {
    if (sink.needsFlush()) {
      sink.flush();
      assertThat(sink.needsFlush()).isFalse();
    }
  }

  private static Content store(SpoolStore store, byte[] octets, int piece)
      throws IOException, InsufficientStorageException {
    ContentSink sink = store.open(0);
    write(sink, octets, piece);
    sink.end();
    flushIfDue(sink);
    return sink.content();
  }

  private static byte[] read(Content content, int piece) throws IOException {
    byte[] octets = new byte[(int) content.size() + 1];
    int position = 0;
    int count = content.read(position, octets, position, Math.min(piece, octets.length));
    while (count > 0) {
      position += count;
      count = content.read(position, octets, position, Math.min(piece, octets.length - position));
    }
    assertThat(count).isEqualTo(-1);
    return Arrays.copyOf(octets, position);
  }

  @Test
  void keepsContentUpToTheThresholdOnTheHeap() throws Exception {
    SpoolStore store = store();
    ContentSink sink = store.open(0);
    byte[] octets = octets(THRESHOLD);
    sink.write(Unpooled.wrappedBuffer(octets));
    sink.end();
    assertThat(sink.needsFlush()).isFalse();
    try (Content content = sink.content()) {
      assertThat(content.size()).isEqualTo(THRESHOLD);
      assertThat(read(content, 777)).isEqualTo(octets);
      assertThat(store.usage().disk()).isZero();
      assertThat(store.usage().heap()).isBetween((long) THRESHOLD, 2L * THRESHOLD);
    }
    assertThat(store.usage()).isEqualTo(NOTHING);
  }

  @Test
  void takesLittleHeapForAShortMessage() throws Exception {
    SpoolStore store = store();
    try (Content content = store(store, octets(2000), 2000)) {
      assertThat(content.size()).isEqualTo(2000);
      assertThat(store.usage().heap()).isLessThanOrEqualTo(4096);
    }
  }

  @Test
  void movesLongerContentToAFileAndFreesTheHeap() throws Exception {
    SpoolStore store = store();
    byte[] octets = octets(THRESHOLD + 1);
    Content content = store(store, octets, 5000);
    assertThat(store.usage()).isEqualTo(new SpoolStore.Usage(1, 0, THRESHOLD + 1));
    assertThat(read(content, 10_000)).isEqualTo(octets);
    content.close();
    runClosings();
    assertThat(store.usage()).isEqualTo(NOTHING);
  }

  @Test
  void keepsEveryOctetWhateverTheLengthsAre() throws Exception {
    SpoolStore store = store();
    for (int length : new int[] {0, 1, 4095, 4096, 4097, 65_536, 99_999, 300_000, 1_500_001}) {
      for (int piece : new int[] {997, 4096, 65_536, 400_000}) {
        byte[] octets = octets(length);
        try (Content content = store(store, octets, piece)) {
          assertThat(content.size()).isEqualTo(length);
          assertThat(read(content, piece)).as("%d by %d", length, piece).isEqualTo(octets);
        }
      }
    }
    runClosings();
    assertThat(store.usage()).isEqualTo(NOTHING);
  }

  @Test
  void readsFromAnyPosition() throws Exception {
    for (int length : new int[] {50_000, 500_000}) {
      byte[] octets = octets(length);
      try (Content content = store(store(), octets, 30_000)) {
        Random random = new Random(1);
        for (int i = 0; i < 1000; i++) {
          int position = random.nextInt(length);
          byte[] target = new byte[1 + random.nextInt(100)];
          int count = content.read(position, target, 0, target.length);
          assertThat(Arrays.copyOf(target, count))
              .isEqualTo(Arrays.copyOfRange(octets, position, position + count))
              .isNotEmpty();
        }
        assertThat(content.read(length, new byte[1], 0, 1)).isEqualTo(-1);
        assertThat(content.read(length, new byte[1], 0, 0)).isZero();
      }
    }
  }

  @Test
  void holdsALargeMessageInLittleMemory() throws Exception {
    SpoolStore store = store();
    ContentSink sink = store.open(0);
    byte[] piece = octets(64 << 10);
    for (int i = 0; i < 800; i++) {
      write(sink, piece, piece.length);
      assertThat(store.usage().heap()).isLessThanOrEqualTo(512 << 10);
    }
    sink.discard();
    runClosings();
    assertThat(store.usage()).isEqualTo(NOTHING);
  }

  @Test
  void refusesWhatIsOverTheBudgetAndGivesItsSpaceBack() throws Exception {
    SpoolStore store = store(1_000_000, MEMORY);
    ContentSink sink = store.open(0);
    write(sink, octets(900_000), 50_000);
    ContentSink other = store.open(0);
    assertThatExceptionOfType(InsufficientStorageException.class)
        .isThrownBy(() -> write(other, octets(100_001), 100_001))
        .withMessage(
            "content would be over the budget of 1000000 octets, or over the client's share of it");
    other.discard();
    sink.discard();
    runClosings();
    assertThat(store.usage()).isEqualTo(NOTHING);
    try (Content content = store(store, octets(1_000_000), 50_000)) {
      assertThat(content.size()).isEqualTo(1_000_000);
    }
  }

  @Test
  void refusesAtOnceWhatIsAnnouncedToBeOverTheBudget() throws Exception {
    SpoolStore store = store(1_000_000, MEMORY);
    try (Content first = store(store, octets(600_000), 50_000)) {
      assertThat(first.size()).isEqualTo(600_000);
      assertThatExceptionOfType(InsufficientStorageException.class)
          .isThrownBy(() -> store.open(400_001));
      store.open(400_000).discard();
      assertThat(store.usage().open()).isEqualTo(1);
    }
  }

  @Test
  void setsNothingAsideForWhatIsAnnounced() throws Exception {
    SpoolStore store = store();
    ContentSink sink = store.open(900_000_000);
    assertThat(store.usage()).isEqualTo(new SpoolStore.Usage(1, 0, 0));
    sink.discard();
  }

  @Test
  void goesToDiskEarlierWhenTheHeapIsShort() throws Exception {
    int memory = 1 << 20;
    SpoolStore store = store(1 << 30, memory);
    List<Content> contents = new ArrayList<>();
    byte[] octets = octets(10_000);
    for (int i = 0; i < 1000; i++) {
      contents.add(store(store, octets, 4096));
      assertThat(store.usage().heap()).isLessThanOrEqualTo(memory);
    }
    assertThat(store.usage().disk()).isGreaterThan(5_000_000);
    for (Content content : contents) {
      assertThat(read(content, 4096)).isEqualTo(octets);
      content.close();
    }
    runClosings();
    assertThat(store.usage()).isEqualTo(NOTHING);
  }

  @Test
  void holdsNoMoreThanOneWriteForEachSinkWhenTheHeapIsShort() throws Exception {
    int memory = 1 << 20;
    SpoolStore store = store(1 << 30, memory);
    List<ContentSink> sinks = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      ContentSink sink = store.open(0);
      sinks.add(sink);
      while (!sink.needsFlush()) {
        sink.write(Unpooled.wrappedBuffer(octets(2000)));
      }
    }
    assertThat(store.usage().heap()).isLessThanOrEqualTo(memory + 1000 * 4096);
    sinks.forEach(ContentSink::discard);
    runClosings();
    assertThat(store.usage()).isEqualTo(NOTHING);
  }

  @Test
  void failsToFlushWhenTheDirectoryIsGone() throws Exception {
    Path gone = directory.resolve("gone");
    SpoolStore store = new SpoolStore(gone, THRESHOLD, 1 << 30, MEMORY, closings::add);
    ContentSink sink = store.open(0);
    sink.write(Unpooled.wrappedBuffer(octets(300_000)));
    assertThat(sink.needsFlush()).isTrue();
    assertThatIOException().isThrownBy(sink::flush);
    sink.discard();
    assertThat(store.usage()).isEqualTo(NOTHING);
  }

  @Test
  void givesSpaceBackOnce() throws Exception {
    SpoolStore store = store();
    for (int length : new int[] {10, 200_000}) {
      ContentSink sink = store.open(0);
      write(sink, octets(length), 64 << 10);
      sink.end();
      flushIfDue(sink);
      Content content = sink.content();
      sink.discard();
      content.close();
      content.close();
      runClosings();
      assertThat(store.usage()).isEqualTo(NOTHING);

      ContentSink discarded = store.open(0);
      write(discarded, octets(length), 64 << 10);
      discarded.discard();
      discarded.discard();
      runClosings();
      assertThat(store.usage()).isEqualTo(NOTHING);
    }
  }

  @RepeatedTest(200)
  void givesAllSpaceBackWheneverASinkIsDiscardedDuringAFlush() throws Exception {
    SpoolStore store = new SpoolStore(directory, THRESHOLD, 1 << 30, 0, Runnable::run);
    ContentSink sink = store.open(0);
    write(sink, octets(10_000), 5_000);
    sink.write(Unpooled.wrappedBuffer(octets(200_000)));
    CountDownLatch bothReady = new CountDownLatch(2);
    CompletableFuture<Void> flush =
        CompletableFuture.runAsync(
            () -> {
              meet(bothReady);
              try {
                sink.flush();
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    meet(bothReady);
    sink.discard();
    flush.get();
    assertThat(store.usage()).isEqualTo(NOTHING);
  }

  /** Waits for the other thread, so that both go on at about the same moment. */
  private static void meet(CountDownLatch bothReady) {
    bothReady.countDown();
    try {
      bothReady.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void closesFilesOnTheExecutor() throws Exception {
    SpoolStore store = store();
    Content content = store(store, octets(200_000), 64 << 10);
    content.close();
    assertThat(store.usage().disk()).isEqualTo(200_000);
    assertThat(closings).hasSize(1);
    runClosings();
    assertThat(store.usage()).isEqualTo(NOTHING);
  }

  @Test
  void closesAFileItselfWhenTheExecutorRejectsThat() throws Exception {
    SpoolStore store =
        new SpoolStore(
            directory,
            THRESHOLD,
            1 << 30,
            MEMORY,
            task -> {
              throw new RejectedExecutionException("stopped");
            });
    store(store, octets(200_000), 64 << 10).close();
    assertThat(store.usage()).isEqualTo(NOTHING);
  }

  @Test
  void failsToReadWhatHasBeenClosed() throws Exception {
    for (int length : new int[] {10, 200_000}) {
      Content content = store(store(), octets(length), 64 << 10);
      content.close();
      assertThatIOException()
          .isThrownBy(() -> content.read(0, new byte[1], 0, 1))
          .withMessage("content has been closed");
    }
  }

  @Test
  void readsAndWritesOnAThreadThatWasInterrupted() throws Exception {
    byte[] octets = octets(600_000);
    Thread.currentThread().interrupt();
    try (Content content = store(store(), octets, 64 << 10)) {
      assertThat(read(content, 50_000)).isEqualTo(octets);
      assertThat(Thread.currentThread().isInterrupted()).isTrue();
    } finally {
      Thread.interrupted();
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void leavesNoNameInTheDirectoryAndLetsNobodyElseRead() throws Exception {
    Content content = store(store(), octets(200_000), 64 << 10);
    assertThat(directory).isEmptyDirectory();
    assertThat(openFiles())
        .singleElement()
        .satisfies(
            file ->
                assertThat(Files.getPosixFilePermissions(file))
                    .containsExactlyInAnyOrder(
                        PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE));
    content.close();
    runClosings();
    assertThat(openFiles()).isEmpty();
  }

  /** Returns the descriptors of this process that refer to files in the directory. */
  private List<Path> openFiles() throws IOException {
    try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
      return descriptors.filter(this::isInDirectory).toList();
    }
  }

  private boolean isInDirectory(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).startsWith(directory);
    } catch (IOException e) {
      // The descriptor by which the list itself was read.
      return false;
    }
  }
}
