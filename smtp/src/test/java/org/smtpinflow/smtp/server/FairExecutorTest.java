// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

class FairExecutorTest {

  private static final ClientNetwork MANY = new ClientNetwork(false, 1);
  private static final ClientNetwork ONE = new ClientNetwork(false, 2);
  private static final ClientNetwork OTHER = new ClientNetwork(true, 1);

  /** What the threads have been given and not run yet. */
  private final Queue<Runnable> threads = new ArrayDeque<>();

  private final List<String> ran = new ArrayList<>();
  private final FairExecutor executor = new FairExecutor(threads::add, 1);

  private void submit(ClientNetwork network, String task) {
    executor.of(network).execute(() -> ran.add(task));
  }

  @Test
  void aNetworkWithManyTasksDelaysAnotherByOneTask() {
    for (int i = 0; i < 50; i++) {
      submit(MANY, "many" + i);
    }
    submit(ONE, "one");
    submit(OTHER, "other");
    threads.remove().run();
    assertThat(ran).hasSize(52).startsWith("many0", "many1", "one", "other", "many2", "many3");
    assertThat(executor.waiting()).isZero();
  }

  @Test
  void usesNoMoreThreadsThanItMay() {
    FairExecutor two = new FairExecutor(threads::add, 2);
    for (int i = 0; i < 10; i++) {
      two.of(MANY).execute(() -> {});
    }
    assertThat(threads).hasSize(2);
    assertThat(two.waiting()).isEqualTo(8);
    threads.remove().run();
    assertThat(two.waiting()).isZero();
    two.of(ONE).execute(() -> {});
    assertThat(threads).hasSize(2);
  }

  @Test
  void aTaskThatFailsStopsNoOther() {
    executor
        .of(ONE)
        .execute(
            () -> {
              throw new AssertionError("broken");
            });
    submit(ONE, "next");
    threads.remove().run();
    assertThat(ran).containsExactly("next");
  }

  @Test
  void aRejectionTakesNoThreadAway() {
    boolean[] full = {true};
    FairExecutor rejected =
        new FairExecutor(
            task -> {
              if (full[0]) {
                throw new RejectedExecutionException("full");
              }
              threads.add(task);
            },
            1);
    assertThatExceptionOfType(RejectedExecutionException.class)
        .isThrownBy(() -> rejected.of(ONE).execute(() -> {}));
    full[0] = false;
    rejected.of(ONE).execute(() -> ran.add("later"));
    threads.remove().run();
    assertThat(ran).containsExactly("later");
  }
}
