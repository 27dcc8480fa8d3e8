// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.rar.inflow;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.resource.ResourceException;
import jakarta.resource.spi.UnavailableException;
import jakarta.resource.spi.endpoint.MessageEndpoint;
import jakarta.resource.spi.endpoint.MessageEndpointFactory;
import jakarta.transaction.Status;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.transaction.xa.XAResource;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.smtpinflow.api.Client;
import org.smtpinflow.api.Domain;
import org.smtpinflow.api.ForwardPath;
import org.smtpinflow.api.Mail;
import org.smtpinflow.api.MailDeferredException;
import org.smtpinflow.api.MailListener;
import org.smtpinflow.api.MailRefusedException;
import org.smtpinflow.api.Mailbox;
import org.smtpinflow.api.Recipient;
import org.smtpinflow.rar.container.TestContainer;
import org.smtpinflow.rar.container.TestWorkManager;
import org.smtpinflow.rar.container.Transactions;
import org.smtpinflow.smtp.protocol.Acceptance;
import org.smtpinflow.smtp.protocol.RecipientDecision;
import org.smtpinflow.smtp.protocol.RecipientRequest;
import org.smtpinflow.smtp.protocol.Reply;
import org.smtpinflow.smtp.server.PendingMessage;

/**
 * 250 means that each bean that took the recipient ran once, in a transaction that committed:
 * whatever is deployed, undeployed and redeployed while sessions go on, and however long that
 * takes.
 */
class DecisionAtRcptTest {

  /** What a test does next. */
  private enum Step {
    RCPT,
    END_OF_DATA,
    END_OF_SESSION,
    /** Goes on with the deployment or the undeployment of an application by one bean. */
    DEPLOY,
    /** Begins to remove a bean, which finishes what it has begun. */
    LEAVE,
    PASS_A_SECOND_OR_SO,
    PASS_A_MINUTE,
    RUN_A_DELIVERY,
    FAIL_A_DELIVERY
  }

  private record Action(Step step, int which) {}

  /** How a bean fails. */
  private enum Failure {
    NONE,
    EXCEPTION,
    ROLLBACK_ONLY
  }

  @Provide
  Arbitrary<List<Action>> histories() {
    // Mail and redeployments are frequent, so that they meet.
    Arbitrary<Step> steps =
        Arbitraries.frequency(
            Tuple.of(4, Step.RCPT),
            Tuple.of(3, Step.END_OF_DATA),
            Tuple.of(1, Step.END_OF_SESSION),
            Tuple.of(4, Step.DEPLOY),
            Tuple.of(1, Step.LEAVE),
            Tuple.of(2, Step.PASS_A_SECOND_OR_SO),
            Tuple.of(2, Step.PASS_A_MINUTE),
            Tuple.of(3, Step.RUN_A_DELIVERY),
            Tuple.of(1, Step.FAIL_A_DELIVERY));
    return Combinators.combine(steps, Arbitraries.integers().between(0, 999))
        .as(Action::new)
        .list()
        .ofMaxSize(80);
  }

  @Property(tries = 1000)
  void eachBeanThatTookTheRecipientRunsOnceInATransactionThatCommits(
      @ForAll("histories") List<Action> history) {
    History run = new History();
    history.forEach(run::act);
    run.finish();
    run.check();
  }

  private static final Duration SETTLE_TIME = Duration.ofSeconds(1);

  private static final List<Recipient> RECIPIENTS =
      Stream.of("support@example.com", "sales@example.com")
          .map(mailbox -> Recipient.of(ForwardPath.of(Mailbox.parse(mailbox))))
          .toList();

  /** A bean as its application has it. */
  private record Bean(String recipients, boolean authenticationRequired) {

    boolean takes(Recipient recipient) {
      return recipients.startsWith("*") || recipients.equals(mailbox(recipient));
    }
  }

  private static String mailbox(Recipient recipient) {
    return recipient.path().mailbox().orElseThrow().toString();
  }

  /** A call of an activation of a bean, in a transaction that committed. */
  private record Run(Activation activation, String mail, List<Recipient> recipients) {}

  private static final class History {

    private final TestTime time = new TestTime();
    private final HeldThreads threads = new HeldThreads();
    private final TestTransactions transactions = new TestTransactions();
    private final RoutingTable routes =
        new RoutingTable(Domain.parse("mx.example.net"), SETTLE_TIME, time::nanoTime);
    private final Transactions container =
        new Transactions(transactions, Optional.of(transactions), "the test");
    private final MailRouter router = new MailRouter(routes, container, time.timer());
    private final Dispatcher dispatcher =
        new Dispatcher(
            new TestContainer(),
            new TestWorkManager(threads),
            Runnable::run,
            time.timer(),
            2,
            Duration.ofSeconds(60),
            time::nanoTime);

    /** Two of its beans are alike; the second application stays while the first is redeployed. */
    private final List<Application> applications =
        List.of(
            new Application(
                new Bean("*@example.com", false),
                new Bean("support@example.com", false),
                new Bean("support@example.com", false)),
            new Application(new Bean("sales@example.com", true)),
            new Application(new Bean("other@example.com", false)));

    private final List<Session> sessions = new ArrayList<>();
    private final List<Session> ended = new ArrayList<>();
    private final List<Run> calls = new ArrayList<>();
    private final List<Run> runs = new ArrayList<>();
    private Failure failure = Failure.NONE;
    private boolean demandsHeld = true;

    History() {
      router.open(dispatcher);
      // So that the table remembers those that leave: the last bean would end the service.
      applications.get(2).step(this);
      for (int i = 0; i < 4; i++) {
        sessions.add(new Session(i));
      }
    }

    void act(Action action) {
      switch (action.step()) {
        case RCPT -> session(action).rcpt(this, RECIPIENTS.get(action.which() / 4 % 2));
        case END_OF_DATA -> session(action).endOfData(this);
        case END_OF_SESSION -> session(action).end();
        case DEPLOY -> applications.get(action.which() % 5 / 4).step(this);
        case LEAVE -> applications.get(action.which() % 2).leave();
        case PASS_A_SECOND_OR_SO ->
            pass(SETTLE_TIME.multipliedBy(1 + action.which() % 10).dividedBy(6));
        case PASS_A_MINUTE -> {
          // No application takes so long between its first and its last bean.
          if (applications.stream().noneMatch(Application::isInBetween)) {
            time.advance(Duration.ofMinutes(1));
            applications.forEach(Application::minutePassed);
          }
        }
        case RUN_A_DELIVERY -> run(Failure.NONE);
        case FAIL_A_DELIVERY ->
            run(action.which() % 2 == 0 ? Failure.EXCEPTION : Failure.ROLLBACK_ONLY);
      }
      reap();
    }

    /**
     * Lets time pass, but not more than an application may take: the beans of a new one follow each
     * other within the settle time, and those of one that is redeployed are remembered for a while.
     */
    private void pass(Duration duration) {
      boolean unsettled = duration.compareTo(routes.untilSettled()) < 0;
      long then = time.nanoTime() + duration.toNanos();
      if ((unsettled || applications.stream().noneMatch(Application::isBeginning))
          && applications.stream().allMatch(a -> a.allows(then))) {
        time.advance(duration);
      }
    }

    private Session session(Action action) {
      return sessions.get(action.which() % 4);
    }

    private void run(Failure how) {
      failure = how;
      boolean unused = threads.runNext();
      failure = Failure.NONE;
    }

    private void reap() {
      for (int i = 0; i < sessions.size(); i++) {
        if (sessions.get(i).isOver()) {
          ended.add(sessions.get(i));
          sessions.set(i, new Session(i + 4 * ended.size()));
        }
      }
    }

    void finish() {
      for (Application application : applications) {
        while (application.isInBetween()) {
          application.step(this);
        }
      }
      threads.runAll();
      time.advance(Duration.ofMinutes(10));
      reap();
      ended.addAll(sessions);
    }

    void check() {
      ended.forEach(session -> session.check(runs));
      assertThat(demandsHeld).as("beans that demand authentication got mail of users").isTrue();
    }

    boolean misses(Recipient recipient) {
      return applications.stream().anyMatch(a -> a.misses(recipient));
    }

    Set<Activation> takers(Recipient recipient) {
      Set<Activation> takers = new LinkedHashSet<>();
      applications.forEach(
          a ->
              a.active.forEach(
                  (bean, activation) -> {
                    if (a.beans.get(bean).takes(recipient)) {
                      takers.add(activation);
                    }
                  }));
      return takers;
    }
  }

  /** The beans of an application are activated one after the other, and removed likewise. */
  private static final class Application {

    private final List<Bean> beans;
    private final Map<Integer, Activation> active = new LinkedHashMap<>();
    private boolean deploying = true;

    /** Whether the adapter has forgotten that the beans were there before, or never knew it. */
    private boolean unknown = true;

    /** When the last undeployment removed the first bean. */
    private long removedAt;

    Application(Bean... beans) {
      this.beans = List.of(beans);
    }

    void step(History history) {
      if (deploying) {
        int bean = 0;
        while (active.containsKey(bean)) {
          bean++;
        }
        active.put(bean, new Activation(history, beans.get(bean)));
        deploying = active.size() < beans.size();
      } else {
        int bean = active.keySet().iterator().next();
        if (active.size() == beans.size()) {
          removedAt = history.time.nanoTime();
        }
        active.get(bean).deactivate();
        active.remove(bean);
        deploying = active.isEmpty();
        unknown = false;
      }
    }

    void leave() {
      if (!deploying) {
        active.values().iterator().next().endpoint.leave();
      }
    }

    void minutePassed() {
      unknown = active.isEmpty();
    }

    /** Returns whether a redeployment has not taken too long by a time. */
    boolean allows(long then) {
      return unknown
          || (!deploying && active.size() == beans.size())
          || then - removedAt < Duration.ofSeconds(29).toNanos();
    }

    boolean isBeginning() {
      return unknown && deploying && !active.isEmpty();
    }

    boolean isInBetween() {
      return active.size() % beans.size() != 0
          || active.values().stream().anyMatch(a -> a.endpoint.isLeaving());
    }

    /** Returns whether a bean that takes a recipient is to come, or about to go. */
    boolean misses(Recipient recipient) {
      return isInBetween()
          && IntStream.range(0, beans.size())
              .filter(i -> beans.get(i).takes(recipient))
              .anyMatch(i -> !active.containsKey(i) || active.get(i).endpoint.isLeaving());
    }
  }

  /** A client's session, with one mail transaction. */
  private static final class Session {

    private final String mail;
    private final boolean lmtp;
    private final Client client;
    private final List<Recipient> recipients = new ArrayList<>();
    private final List<Acceptance> acceptances = new ArrayList<>();
    private final List<Set<Activation>> takers = new ArrayList<>();
    private boolean waiting;

    /** Whether a recipient was accepted without a bean that takes it and comes back. */
    private boolean tooEarly;

    private Optional<PendingMessage> pending = Optional.empty();
    private boolean over;

    Session(int number) {
      mail = "mail" + number;
      lmtp = number % 2 == 1;
      client =
          TestClient.of(
              "smtp",
              Optional.empty(),
              number % 4 < 2
                  ? Optional.of(new Client.Identity("demo", Set.of()))
                  : Optional.empty());
    }

    void rcpt(History history, Recipient recipient) {
      if (waiting || pending.isPresent()) {
        return;
      }
      waiting = true;
      router(history, recipient)
          .thenAccept(
              decision -> {
                waiting = false;
                if (decision instanceof RecipientDecision.Accepted accepted) {
                  tooEarly |= history.misses(recipient);
                  recipients.add(recipient);
                  acceptances.add(accepted.acceptance());
                  takers.add(history.takers(recipient));
                }
              });
    }

    private CompletionStage<RecipientDecision> router(History history, Recipient recipient) {
      return history.router.recipient(
          new RecipientRequest(client, TestMail.envelope(recipients), recipient));
    }

    void endOfData(History history) {
      if (!waiting && pending.isEmpty() && !recipients.isEmpty()) {
        pending =
            Optional.of(
                history.router.message(TestMail.of(mail, client, lmtp, recipients, acceptances)));
      }
    }

    /** The client is gone: a delivery that has not begun by now is over. */
    void end() {
      pending.ifPresent(
          message -> {
            message.withdraw();
            assertThat(message.replies()).isCompleted();
          });
      over = true;
    }

    boolean isOver() {
      return over || pending.filter(p -> p.replies().toCompletableFuture().isDone()).isPresent();
    }

    /** Holds the replies against what ran. */
    void check(List<Run> runs) {
      assertThat(tooEarly)
          .as("recipient accepted while a bean that takes it is not there")
          .isFalse();
      Map<Activation, List<Recipient>> expected = new LinkedHashMap<>();
      for (int i = 0; i < recipients.size(); i++) {
        if (isPositive(i)) {
          Recipient recipient = recipients.get(i);
          takers
              .get(i)
              .forEach(a -> expected.computeIfAbsent(a, none -> new ArrayList<>()).add(recipient));
        }
      }
      Map<Activation, List<Recipient>> ran = new LinkedHashMap<>();
      runs.stream()
          .filter(run -> run.mail().equals(mail))
          .forEach(
              run ->
                  ran.computeIfAbsent(run.activation(), none -> new ArrayList<>())
                      .addAll(run.recipients()));
      assertThat(ran.keySet()).as("beans that ran for %s", mail).isEqualTo(expected.keySet());
      expected.forEach(
          (activation, mine) ->
              assertThat(ran.get(activation)).containsExactlyInAnyOrderElementsOf(mine));
    }

    private boolean isPositive(int recipient) {
      if (pending.isEmpty()) {
        return false;
      }
      List<Reply> replies = pending.get().replies().toCompletableFuture().join();
      return replies.get(lmtp ? recipient : 0).isPositive();
    }
  }

  /** An activation of a bean, whose container lets its transaction commit, or not. */
  private static final class Activation implements MessageEndpointFactory {

    private final History history;
    private final Bean bean;
    private final MailEndpoint endpoint;
    private boolean gone;

    Activation(History history, Bean bean) {
      this.history = history;
      this.bean = bean;
      try {
        endpoint =
            new MailEndpoint(
                this,
                new Object(),
                TestBean.settings(
                    bean.recipients(), "smtp", 1, false, bean.authenticationRequired()),
                MethodPermission.of(this, new TestContainer()));
      } catch (ResourceException e) {
        throw new AssertionError(e);
      }
      history.routes.add(endpoint);
    }

    void deactivate() {
      endpoint.leave();
      endpoint.close();
      history.dispatcher.failClosed();
      history.routes.remove(endpoint);
      gone = true;
    }

    @Override
    public MessageEndpoint createEndpoint(XAResource resource) throws UnavailableException {
      if (gone) {
        throw new UnavailableException("gone");
      }
      return new Endpoint();
    }

    @Override
    public MessageEndpoint createEndpoint(XAResource resource, long timeout)
        throws UnavailableException {
      return createEndpoint(resource);
    }

    @Override
    public boolean isDeliveryTransacted(Method method) {
      return true;
    }

    @Override
    public String getActivationName() {
      return "test";
    }

    @Override
    public Class<?> getEndpointClass() {
      return Endpoint.class;
    }

    private final class Endpoint implements MessageEndpoint, MailListener {

      private int commits;

      @Override
      public void beforeDelivery(Method method) {
        history.calls.clear();
        history.transactions.begin();
        commits = history.transactions.commits();
      }

      @Override
      public void onMail(Mail mail) throws MailRefusedException {
        history.demandsHeld &=
            mail.client().identity().isPresent() || !bean.authenticationRequired();
        history.calls.add(new Run(Activation.this, mail.id(), mail.envelope().recipients()));
        if (history.failure == Failure.EXCEPTION) {
          throw new MailDeferredException("not now");
        } else if (history.failure == Failure.ROLLBACK_ONLY) {
          history.transactions.setRollbackOnly();
        }
      }

      @Override
      public void afterDelivery() {
        if (history.transactions.getStatus() != Status.STATUS_NO_TRANSACTION) {
          history.transactions.rollback();
        }
        if (history.transactions.commits() > commits) {
          history.runs.addAll(history.calls);
        }
      }

      @Override
      public void release() {}
    }
  }
}
