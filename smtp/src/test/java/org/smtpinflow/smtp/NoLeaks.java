// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp;

import io.netty.buffer.UnpooledByteBufAllocator;
import java.lang.ref.PhantomReference;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.util.List;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Fails a test class after which a buffer of Netty is found that nobody has released. */
public final class NoLeaks implements AfterAllCallback {

  private static final long LIMIT_MILLIS = 10_000;

  @Override
  public void afterAll(ExtensionContext context) throws InterruptedException {
    collectGarbage();
    // Netty looks for leaks when a buffer is made.
    UnpooledByteBufAllocator.DEFAULT.directBuffer().release();
    List<String> leaks = LeakRecorder.takeLeaks();
    if (!leaks.isEmpty()) {
      throw new AssertionError(leaks.size() + " leaks: " + leaks);
    }
  }

  /** Collects until the collector has taken an object that nothing refers to. */
  private static void collectGarbage() throws InterruptedException {
    ReferenceQueue<Object> collected = new ReferenceQueue<>();
    Reference<Object> garbage = new PhantomReference<>(new Object(), collected);
    long deadline = System.nanoTime() + LIMIT_MILLIS * 1_000_000;
    Reference<?> found = null;
    while (found == null && deadline - System.nanoTime() > 0) {
      System.gc();
      found = collected.remove(100);
    }
    if (found != garbage) {
      throw new IllegalStateException("the garbage collector does not run");
    }
  }
}
