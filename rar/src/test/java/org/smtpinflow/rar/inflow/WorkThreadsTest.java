// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.rar.inflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.smtpinflow.rar.container.TestWorkManager;

@Timeout(60)
class WorkThreadsTest {

  private final ExecutorService container = Executors.newCachedThreadPool();
  private final WorkThreads threads = new WorkThreads(new TestWorkManager(container), 1);
  private final CountDownLatch go = new CountDownLatch(1);

  @AfterEach
  void end() {
    go.countDown();
    container.shutdownNow();
  }

  @Test
  void closingRunsTheTasksInTheQueueAndEndsTheThreads() throws Exception {
    CompletableFuture<String> last = new CompletableFuture<>();
    threads.execute(() -> last.complete("ran"));
    threads.close();
    assertThat(last).isCompletedWithValue("ran");
    container.shutdown();
    assertThat(container.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
    assertThatThrownBy(() -> threads.execute(() -> {}))
        .isInstanceOf(RejectedExecutionException.class);
  }

  /** As where a work manager holds up the thread that calls it. */
  @Test
  void closingDoesNotWaitForEverForATaskThatDoesNotEnd() throws Exception {
    CompletableFuture<String> last = new CompletableFuture<>();
    threads.execute(this::awaitGo);
    threads.execute(() -> last.complete("ran"));
    threads.close(Duration.ofMillis(1));
    assertThat(last).isNotDone();
    go.countDown();
    assertThat(last.get(30, TimeUnit.SECONDS)).isEqualTo("ran");
    container.shutdown();
    assertThat(container.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
  }

  private void awaitGo() {
    try {
      go.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
