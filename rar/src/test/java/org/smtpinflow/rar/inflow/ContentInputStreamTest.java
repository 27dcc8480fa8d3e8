// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.rar.inflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.smtpinflow.smtp.content.Content;

class ContentInputStreamTest {

  private static final byte[] BYTES = randomBytes(100_000);

  private final AtomicBoolean readable = new AtomicBoolean(true);

  private static byte[] randomBytes(int length) {
    byte[] bytes = new byte[length];
    new Random(1).nextBytes(bytes);
    return bytes;
  }

  /** Content that gives less than was asked for, as a file may. */
  private static final Content CONTENT =
      new Content() {
        @Override
        public long size() {
          return BYTES.length;
        }

        @Override
        public int read(long position, byte[] target, int offset, int length) {
          if (position >= BYTES.length) {
            return -1;
          }
          int count = (int) Math.min(Math.min(length, 5000), BYTES.length - position);
          System.arraycopy(BYTES, (int) position, target, offset, count);
          return count;
        }

        @Override
        public void close() {}
      };

  private ContentInputStream open() {
    return new ContentInputStream(CONTENT, readable::get);
  }

  @Test
  void readsAll() throws IOException {
    assertThat(open().readAllBytes()).isEqualTo(BYTES);
  }

  @Test
  void readsAsAnyOtherStreamDoes() throws IOException {
    for (int seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      ContentInputStream stream = open();
      InputStream model = new ByteArrayInputStream(BYTES);
      for (int i = 0; i < 60; i++) {
        compareOneCall(random, stream, model);
      }
      assertThat(stream.readAllBytes()).isEqualTo(model.readAllBytes());
      assertThat(stream.read()).isEqualTo(-1);
      assertThat(stream.read(new byte[10])).isEqualTo(-1);
    }
  }

  private static void compareOneCall(Random random, InputStream stream, InputStream model)
      throws IOException {
    switch (random.nextInt(5)) {
      case 0 -> assertThat(stream.read()).isEqualTo(model.read());
      case 1 -> {
        int count = random.nextInt(9000);
        assertThat(stream.skip(count)).isEqualTo(model.skip(count));
      }
      case 2 -> {
        stream.mark(0);
        model.mark(0);
      }
      case 3 -> {
        if (random.nextInt(4) == 0) {
          stream.reset();
          model.reset();
        }
      }
      default -> {
        int count = random.nextInt(20_000);
        assertThat(stream.readNBytes(count)).isEqualTo(model.readNBytes(count));
        assertThat(stream.available()).isEqualTo(model.available());
      }
    }
  }

  @Test
  void aSectionOfASectionCountsFromItsOwnBeginning() throws IOException {
    ContentInputStream section = (ContentInputStream) open().newStream(1000, 60_000);
    assertThat(section.getPosition()).isZero();
    section.skipNBytes(10);
    assertThat(section.getPosition()).isEqualTo(10);
    InputStream inner = section.newStream(500, -1);
    assertThat(inner.readAllBytes()).isEqualTo(java.util.Arrays.copyOfRange(BYTES, 1500, 60_000));
    assertThatThrownBy(() -> section.newStream(0, 59_001))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void cannotBeReadAfterTheBeanHasReturned() throws IOException {
    ContentInputStream stream = open();
    assertThat(stream.read()).isEqualTo(BYTES[0] & 0xff);
    readable.set(false);
    assertThatThrownBy(stream::read)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("after onMail has returned");
    assertThatThrownBy(() -> stream.read(new byte[20_000])).isInstanceOf(IOException.class);
  }
}
