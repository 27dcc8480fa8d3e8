// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.rar.inflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.smtpinflow.rar.container.TestContainer;
import org.smtpinflow.rar.container.TestWorkManager;
import org.smtpinflow.smtp.protocol.Reply;

/**
 * A delivery begins only if its sender has no answer yet and can still hear one, and whatever has
 * begun goes on. The container's threads run when the test lets them.
 */
class WithdrawalTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final TestTime time = new TestTime();
  private final HeldThreads threads = new HeldThreads();
  private final TestWorkManager workManager = new TestWorkManager(threads);
  private final HeldThreads starter = new HeldThreads();
  private final Dispatcher dispatcher =
      new Dispatcher(
          new TestContainer(), workManager, starter, time.timer(), 10, PATIENCE, time::nanoTime);

  private final List<String> calls = new ArrayList<>();
  private final MailEndpoint bean = TestBean.endpoint("*", 1, mail -> calls.add("called"));

  private PendingDelivery submit(MailEndpoint... beans) {
    return dispatcher.submit(TestMail.delivery(Optional.empty(), TestMail.NO_TRANSACTIONS, beans));
  }

  /** Lets the container run all Works that it was given, and those that follow from them. */
  private void runAll() {
    while (starter.runNext() || threads.runNext()) {
      // The next one.
    }
  }

  private static Optional<Reply> reply(PendingDelivery delivery) {
    return Optional.ofNullable(delivery.reply().toCompletableFuture().getNow(null));
  }

  private static void assertBusy(PendingDelivery delivery) {
    assertThat(reply(delivery)).contains(AdapterReply.BUSY.reply());
  }

  private void assertIdle() {
    assertThat(dispatcher.underWay()).isZero();
    assertThat(dispatcher.waiting()).isZero();
    assertThat(bean.awaitIdle(Duration.ZERO)).isTrue();
  }

  @Test
  void aDeliveryThatIsWithdrawnWhileItWaitsForAPermitNeverBegins() {
    PendingDelivery first = submit(bean);
    PendingDelivery second = submit(bean);
    PendingDelivery third = submit(bean);
    second.withdraw();
    assertBusy(second);
    assertThat(dispatcher.waiting()).isEqualTo(1);
    runAll();
    assertThat(reply(first)).map(Reply::code).contains(250);
    assertThat(reply(third)).map(Reply::code).contains(250);
    assertThat(calls).hasSize(2);
    assertIdle();
  }

  @Test
  void aDeliveryThatIsWithdrawnBeforeTheStarterRunsNeverBegins() {
    PendingDelivery first = submit(bean);
    first.withdraw();
    runAll();
    assertThat(calls).isEmpty();
    assertIdle();
  }

  @Test
  void aDeliveryThatIsWithdrawnWhileItWaitsForAThreadNeverBegins() {
    PendingDelivery first = submit(bean);
    starter.runAll();
    first.withdraw();
    assertBusy(first);
    runAll();
    assertThat(calls).isEmpty();
    assertIdle();
  }

  @Test
  void aDeliveryThatHasBegunGoesOnWhenItIsWithdrawn() {
    List<PendingDelivery> withdrawn = new ArrayList<>();
    MailEndpoint slow =
        TestBean.endpoint(
            "*",
            1,
            mail -> {
              withdrawn.get(0).withdraw();
              calls.add("went on");
            });
    withdrawn.add(submit(slow));
    runAll();
    assertThat(calls).containsExactly("went on");
    assertThat(reply(withdrawn.get(0))).map(Reply::code).contains(250);
    withdrawn.get(0).withdraw();
    assertThat(reply(withdrawn.get(0))).map(Reply::code).contains(250);
    assertIdle();
  }

  /** As at a stop: the sessions get 421 after this. */
  @Test
  void afterTheCloseNothingBeginsThoughAPermitBecomesFree() {
    List<PendingDelivery> others = new ArrayList<>();
    MailEndpoint slow =
        TestBean.endpoint(
            "*",
            1,
            mail -> {
              calls.add("first");
              dispatcher.close();
              // Before the first one gives its permit back.
              others.forEach(o -> assertThat(reply(o)).contains(AdapterReply.NO_BEAN.reply()));
            });
    PendingDelivery first = submit(slow);
    others.add(submit(slow));
    others.add(submit(slow));
    others.add(submit(bean));
    runAll();
    assertThat(reply(first)).map(Reply::code).contains(250);
    assertThat(others).allMatch(o -> reply(o).isPresent());
    assertThat(reply(submit(bean))).contains(AdapterReply.NO_BEAN.reply());
    runAll();
    assertThat(calls).containsExactly("first");
    assertIdle();
  }

  @Test
  void aDeliveryThatWaitsTooLongForAPermitIsTriedAgainLater() {
    List<MailEndpoint> slow = new ArrayList<>();
    slow.add(
        TestBean.endpoint(
            "*",
            1,
            mail -> {
              PendingDelivery late = submit(slow.get(0));
              time.advance(PATIENCE.minusMillis(1));
              assertThat(reply(late)).isEmpty();
              time.advance(Duration.ofMillis(1));
              assertBusy(late);
              calls.add("first");
            }));
    PendingDelivery first = submit(slow.get(0));
    runAll();
    assertThat(reply(first)).map(Reply::code).contains(250);
    assertThat(calls).containsExactly("first");
    assertIdle();
  }

  /** As where WildFly's work manager blocks its caller, because it has no thread. */
  @Test
  void aDeliveryThatHoldsAPermitIsAnsweredInTimeThoughTheWorkManagerBlocks() {
    PendingDelivery first = submit(bean);
    PendingDelivery second = submit(bean);
    time.advance(PATIENCE.minusMillis(1));
    assertThat(reply(first)).isEmpty();
    time.advance(Duration.ofMillis(1));
    assertBusy(first);
    assertBusy(second);
    assertIdle();
    PendingDelivery third = submit(bean);
    runAll();
    assertThat(reply(third)).map(Reply::code).contains(250);
    assertThat(calls).hasSize(1);
  }

  @Test
  void aDeliveryThatIsAnsweredInTimeNeverBeginsThoughTheWorkManagerRunsItLater() {
    PendingDelivery first = submit(bean);
    starter.runAll();
    time.advance(PATIENCE);
    assertBusy(first);
    threads.runAll();
    assertThat(calls).isEmpty();
    assertIdle();
  }

  @Test
  void aDeliveryThatHasBegunIsNotAnsweredByTheTimer() {
    MailEndpoint slow =
        TestBean.endpoint(
            "*",
            1,
            mail -> {
              calls.add("begun");
              time.advance(PATIENCE.multipliedBy(3));
            });
    PendingDelivery first = submit(slow);
    runAll();
    assertThat(reply(first)).map(Reply::code).contains(250);
    assertThat(calls).hasSize(1);
  }

  @Test
  void theTimerHoldsOneTaskHoweverOftenDeliveriesWait() {
    for (int i = 0; i < 5_000; i++) {
      submit(bean);
      submit(bean);
      runAll();
      assertThat(time.tasks()).isLessThanOrEqualTo(1);
    }
    time.advance(PATIENCE.multipliedBy(2));
    assertThat(time.tasks()).isZero();
  }

  @Test
  void theWorkManagerIsToldHowLongADeliveryMayStillWait() {
    submit(bean);
    time.advance(Duration.ofSeconds(20));
    starter.runAll();
    assertThat(workManager.lastStartTimeout()).isEqualTo(40_000);
  }
}
