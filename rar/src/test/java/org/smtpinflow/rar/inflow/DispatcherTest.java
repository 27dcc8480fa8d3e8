// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.rar.inflow;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ejb.AccessLocalException;
import jakarta.ejb.EJBAccessException;
import jakarta.ejb.EJBException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.Timer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.smtpinflow.api.Client;
import org.smtpinflow.api.MailListener;
import org.smtpinflow.api.MailRejectedException;
import org.smtpinflow.rar.container.TestContainer;
import org.smtpinflow.rar.container.TestWorkManager;
import org.smtpinflow.smtp.protocol.Reply;

@Timeout(60)
class DispatcherTest {

  private static final Client.Identity DEMO = new Client.Identity("demo", Set.of("agent", "clerk"));
  private static final Client.Identity NO_GROUPS = new Client.Identity("plain", Set.of());

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Timer timer = new Timer(true);
  private final TestWorkManager workManager = new TestWorkManager(threads);
  private final CountDownLatch begun = new CountDownLatch(1);
  private final CountDownLatch go = new CountDownLatch(1);

  @AfterEach
  void end() {
    go.countDown();
    timer.cancel();
    threads.shutdownNow();
  }

  private Dispatcher dispatcher(int maxDeliveries, Duration patience) {
    return new Dispatcher(
        new TestContainer(),
        workManager,
        threads,
        timer,
        maxDeliveries,
        patience,
        System::nanoTime);
  }

  private static MailEndpoint bean(int maxConcurrency, MailListener listener) {
    return TestBean.endpoint("*", maxConcurrency, listener);
  }

  private void awaitGo() {
    begun.countDown();
    try {
      go.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private CompletableFuture<Reply> submit(Dispatcher dispatcher, MailEndpoint... endpoints) {
    return submit(Optional.empty(), dispatcher, endpoints);
  }

  private CompletableFuture<Reply> submit(
      Optional<Client.Identity> identity, Dispatcher dispatcher, MailEndpoint... endpoints) {
    return dispatcher
        .submit(TestMail.delivery(identity, TestMail.NO_TRANSACTIONS, endpoints))
        .reply()
        .toCompletableFuture();
  }

  @Test
  void deliversToTheBeanAndGivesItsOutcome() throws Exception {
    Dispatcher dispatcher = dispatcher(1, Duration.ofMinutes(1));
    MailEndpoint refusing =
        bean(
            1,
            mail -> {
              throw new MailRejectedException("not me");
            });
    assertThat(submit(dispatcher, bean(1, mail -> {})).get())
        .isEqualTo(Reply.of(250, "2.0.0", "Message ID delivered"));
    assertThat(submit(dispatcher, refusing).get()).isEqualTo(Reply.of(550, "5.7.1", "not me"));
  }

  @Test
  void aSlowBeanHoldsUpOnlyItsOwnMail() throws Exception {
    Dispatcher dispatcher = dispatcher(10, Duration.ofMinutes(1));
    MailEndpoint slow = bean(1, mail -> awaitGo());
    MailEndpoint quick = bean(1, mail -> {});
    CompletableFuture<Reply> first = submit(dispatcher, slow);
    CompletableFuture<Reply> second = submit(dispatcher, slow);
    assertThat(submit(dispatcher, quick).get().code()).isEqualTo(250);
    assertThat(first).isNotDone();
    assertThat(second).isNotDone();
    go.countDown();
    assertThat(first.get().code()).isEqualTo(250);
    assertThat(second.get().code()).isEqualTo(250);
  }

  @Test
  void thePermitsOfTheAdapterAreForAllBeansTogether() throws Exception {
    Dispatcher dispatcher = dispatcher(1, Duration.ofMinutes(1));
    CompletableFuture<Reply> first = submit(dispatcher, bean(5, mail -> awaitGo()));
    CompletableFuture<Reply> second = submit(dispatcher, bean(5, mail -> {}));
    assertThat(second).isNotDone();
    go.countDown();
    assertThat(first.get().code()).isEqualTo(250);
    assertThat(second.get().code()).isEqualTo(250);
  }

  @Test
  void aMessageForSeveralBeansTakesAPermitOfEachOrNone() throws Exception {
    Dispatcher dispatcher = dispatcher(10, Duration.ofMinutes(1));
    MailEndpoint slow = bean(1, mail -> awaitGo());
    MailEndpoint quick = bean(1, mail -> {});
    CompletableFuture<Reply> first = submit(dispatcher, slow);
    CompletableFuture<Reply> both = submit(dispatcher, quick, slow);
    assertThat(submit(dispatcher, quick).get().code()).isEqualTo(250);
    go.countDown();
    assertThat(first.get().code()).isEqualTo(250);
    assertThat(both.get().code()).isEqualTo(250);
    assertThat(quick.awaitIdle(Duration.ofSeconds(30))).isTrue();
    assertThat(slow.awaitIdle(Duration.ofSeconds(30))).isTrue();
  }

  @Test
  void noMessageWaitsForAClosedBean() throws Exception {
    Dispatcher dispatcher = dispatcher(10, Duration.ofMinutes(1));
    MailEndpoint slow = bean(1, mail -> awaitGo());
    CompletableFuture<Reply> first = submit(dispatcher, slow);
    CompletableFuture<Reply> second = submit(dispatcher, slow);
    begun.await();
    slow.close();
    dispatcher.failClosed();
    assertThat(second.get(30, SECONDS)).isEqualTo(AdapterReply.NO_BEAN.reply());
    assertThat(submit(dispatcher, slow).get(30, SECONDS)).isEqualTo(AdapterReply.NO_BEAN.reply());
    assertThat(first).isNotDone();
    assertThat(slow.awaitIdle(Duration.ofMillis(1))).isFalse();
    go.countDown();
    assertThat(first.get().code()).isEqualTo(250);
    assertThat(slow.awaitIdle(Duration.ofSeconds(30))).isTrue();
  }

  @Test
  void aRejectedWorkIsTriedAgainLaterAndCostsNoPermit() throws Exception {
    Dispatcher dispatcher = dispatcher(1, Duration.ofMinutes(1));
    MailEndpoint bean = bean(1, mail -> {});
    workManager.reject(true);
    Reply rejected = submit(dispatcher, bean).get();
    assertThat(rejected.code()).isEqualTo(451);
    assertThat(rejected.status().orElseThrow()).hasToString("4.3.2");
    workManager.reject(false);
    assertThat(submit(dispatcher, bean).get().code()).isEqualTo(250);
  }

  /** The calls of a bean, each as who called it. */
  private final List<TestWorkManager.Caller> calls = new CopyOnWriteArrayList<>();

  private final MailEndpoint asking = bean(1, mail -> calls.add(TestWorkManager.caller()));

  @Test
  void theBeanIsCalledAsTheSender() throws Exception {
    Dispatcher dispatcher = dispatcher(1, Duration.ofMinutes(1));
    assertThat(submit(Optional.of(DEMO), dispatcher, asking).get().code()).isEqualTo(250);
    assertThat(submit(Optional.of(NO_GROUPS), dispatcher, asking).get().code()).isEqualTo(250);
    assertThat(calls)
        .containsExactly(
            new TestWorkManager.Caller("demo", Set.of("agent", "clerk")),
            new TestWorkManager.Caller("plain", Set.of()));
  }

  @Test
  void aSenderThatDidNotAuthenticateIsAnonymous() throws Exception {
    Dispatcher dispatcher = dispatcher(1, Duration.ofMinutes(1));
    submit(Optional.of(DEMO), dispatcher, asking).get();
    assertThat(submit(dispatcher, asking).get().code()).isEqualTo(250);
    assertThat(calls).last().isEqualTo(TestWorkManager.ANONYMOUS);
  }

  @ParameterizedTest
  @EnumSource(
      value = TestWorkManager.Security.class,
      names = "WORKING",
      mode = EnumSource.Mode.EXCLUDE)
  void withoutItsCallerNoMailIsDelivered(TestWorkManager.Security security) throws Exception {
    Dispatcher dispatcher = dispatcher(1, Duration.ofMinutes(1));
    workManager.security(security);
    Reply reply = submit(Optional.of(DEMO), dispatcher, asking).get();
    assertThat(reply.code()).isEqualTo(451);
    assertThat(reply.status().orElseThrow()).hasToString("4.3.2");
    assertThat(calls).isEmpty();
    assertThat(asking.awaitIdle(Duration.ofSeconds(30))).isTrue();

    assertThat(submit(dispatcher, asking).get().code()).isEqualTo(250);
    workManager.security(TestWorkManager.Security.WORKING);
    assertThat(submit(Optional.of(DEMO), dispatcher, asking).get().code()).isEqualTo(250);
  }

  @Test
  void aDeliveryThatTheContainerRejectsTwiceGivesItsPermitsBackOnce() throws Exception {
    Dispatcher dispatcher = dispatcher(1, Duration.ofMinutes(1));
    workManager.reject(true);
    submit(dispatcher, bean(5, mail -> {})).get();
    workManager.reject(false);
    CompletableFuture<Reply> first = submit(dispatcher, bean(5, mail -> awaitGo()));
    CompletableFuture<Reply> second = submit(dispatcher, bean(5, mail -> {}));
    assertThat(dispatcher.underWay()).isEqualTo(1);
    assertThat(dispatcher.waiting()).isEqualTo(1);
    go.countDown();
    assertThat(first.get().code()).isEqualTo(250);
    assertThat(second.get().code()).isEqualTo(250);
  }

  static List<EJBException> denials() {
    return List.of(
        new EJBAccessException("only agents"), new AccessLocalException("Open Liberty says so"));
  }

  @ParameterizedTest
  @MethodSource("denials")
  void aSenderWhomTheContainerDeniesIsRefused(EJBException denial) throws Exception {
    MailEndpoint closed =
        TestBean.endpointInRoles(
            mail -> {
              throw denial;
            });
    assertThat(submit(dispatcher(1, Duration.ofMinutes(1)), closed).get())
        .isEqualTo(Reply.of(550, "5.7.1", "Not authorized to send to this recipient"));
  }

  @ParameterizedTest
  @MethodSource("denials")
  void aSenderWhomAnotherBeanDeniesMayTryAgain(EJBException denial) throws Exception {
    MailEndpoint careless =
        bean(
            1,
            mail -> {
              throw denial;
            });
    MailEndpoint informed =
        TestBean.endpointInRoles(
            mail -> {
              mail.envelope();
              throw denial;
            });
    for (MailEndpoint endpoint : List.of(careless, informed)) {
      assertThat(submit(dispatcher(1, Duration.ofMinutes(1)), endpoint).get().code())
          .isEqualTo(451);
    }
  }

  @Test
  void anExceptionOfTheBeanIsNotSentToTheClient() throws Exception {
    MailEndpoint broken =
        bean(
            1,
            mail -> {
              throw new IllegalStateException("secret");
            });
    assertThat(submit(dispatcher(1, Duration.ofMinutes(1)), broken).get())
        .isEqualTo(AdapterReply.FAILED.reply());
  }

  @Test
  void aMailCannotBeReadAfterTheBeanHasReturned() throws Exception {
    CompletableFuture<org.smtpinflow.api.Mail> kept = new CompletableFuture<>();
    submit(dispatcher(1, Duration.ofMinutes(1)), bean(1, kept::complete)).get();
    org.assertj.core.api.Assertions.assertThatThrownBy(kept.get()::content)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("ID");
  }
}
