// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.rar.inflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.smtpinflow.rar.container.TestContainer;
import org.smtpinflow.rar.container.TestWorkManager;

/** Permits are shared out between client networks: no network waits because another sends more. */
class FairnessTest {

  private final TestTime time = new TestTime();
  private final HeldThreads threads = new HeldThreads();

  /** The clients whose messages reached the bean, in order. */
  private final List<String> delivered = new ArrayList<>();

  private Dispatcher dispatcher(int maxDeliveries) {
    return new Dispatcher(
        new TestContainer(),
        new TestWorkManager(threads),
        Runnable::run,
        time.timer(),
        maxDeliveries,
        Duration.ofMinutes(1),
        time::nanoTime);
  }

  private MailEndpoint bean(int maxConcurrency) {
    return TestBean.endpoint(
        "*",
        maxConcurrency,
        mail -> delivered.add(mail.client().remoteAddress().getAddress().getHostAddress()));
  }

  private static void submit(Dispatcher dispatcher, String client, MailEndpoint bean) {
    PendingDelivery unused =
        dispatcher.submit(TestMail.delivery(TestClient.at(client), TestMail.NO_TRANSACTIONS, bean));
  }

  @Test
  void aNetworkWithOneMessageDoesNotWaitForAllMessagesOfAnother() {
    Dispatcher dispatcher = dispatcher(10);
    MailEndpoint bean = bean(1);
    for (int i = 0; i < 20; i++) {
      submit(dispatcher, "192.0.2.1", bean);
    }
    submit(dispatcher, "192.0.2.2", bean);
    threads.runAll();
    assertThat(delivered).hasSize(21);
    assertThat(delivered.subList(0, 3)).contains("192.0.2.2");
  }

  @Test
  void networksThatWaitTakeTurns() {
    Dispatcher dispatcher = dispatcher(10);
    MailEndpoint bean = bean(1);
    for (String client : List.of("192.0.2.1", "192.0.2.2", "192.0.2.3")) {
      for (int i = 0; i < 3; i++) {
        submit(dispatcher, client, bean);
      }
    }
    threads.runAll();
    assertThat(delivered)
        .containsExactly(
            "192.0.2.1",
            "192.0.2.2",
            "192.0.2.3",
            "192.0.2.1",
            "192.0.2.2",
            "192.0.2.3",
            "192.0.2.1",
            "192.0.2.2",
            "192.0.2.3");
  }

  /** RFC 4291, section 2.5.4: a client that has one address of such a network has them all. */
  @Test
  void anIpv6NetworkIsOneNetworkWhateverAddressesItUses() {
    Dispatcher dispatcher = dispatcher(10);
    MailEndpoint bean = bean(1);
    for (int i = 1; i <= 20; i++) {
      submit(dispatcher, "2001:db8::" + i, bean);
    }
    submit(dispatcher, "192.0.2.2", bean);
    threads.runAll();
    assertThat(delivered.subList(0, 3)).contains("192.0.2.2");
  }

  @Test
  void aNetworkThatIsAloneGetsAllPermits() {
    Dispatcher dispatcher = dispatcher(10);
    MailEndpoint bean = bean(8);
    for (int i = 0; i < 20; i++) {
      submit(dispatcher, "192.0.2.1", bean);
    }
    assertThat(dispatcher.underWay()).isEqualTo(8);
    assertThat(dispatcher.waiting()).isEqualTo(12);
  }

  @Test
  void aBusyBeanDoesNotHoldUpTheMailOfOthers() {
    Dispatcher dispatcher = dispatcher(10);
    MailEndpoint busy = bean(1);
    MailEndpoint free = bean(1);
    for (int i = 0; i < 5; i++) {
      submit(dispatcher, "192.0.2.1", busy);
    }
    submit(dispatcher, "192.0.2.1", free);
    assertThat(dispatcher.underWay()).isEqualTo(2);
    assertThat(dispatcher.waiting()).isEqualTo(4);
  }

  /**
   * Whatever the networks send, and in which order. The threads run deliveries in the order in
   * which they got their permits, so those that hold permits are the ones just before.
   */
  @Property(tries = 300)
  void noNetworkGetsAPermitWhileOneThatHoldsFewerWaits(
      @ForAll @IntRange(min = 1, max = 6) int permits,
      @ForAll @Size(max = 80) List<@IntRange(max = 3) Integer> senders) {
    delivered.clear();
    Dispatcher dispatcher = dispatcher(100);
    MailEndpoint bean = bean(permits);
    senders.forEach(sender -> submit(dispatcher, "192.0.2." + sender, bean));
    threads.runAll();

    assertThat(delivered).hasSameSizeAs(senders);
    for (int i = permits; i < delivered.size(); i++) {
      List<String> holding = delivered.subList(i - permits + 1, i);
      int held = Collections.frequency(holding, delivered.get(i));
      assertThat(delivered.subList(i, delivered.size()))
          .allMatch(waiting -> Collections.frequency(holding, waiting) >= held);
    }
  }
}
