// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.rar.inflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.smtpinflow.api.Client;
import org.smtpinflow.api.Domain;
import org.smtpinflow.api.ForwardPath;
import org.smtpinflow.api.Mailbox;
import org.smtpinflow.rar.inflow.RoutingTable.Route;

class RoutingTableTest {

  private static final ForwardPath SUPPORT = path("support@example.com");

  private static final Client CLIENT = TestClient.of("smtp");

  private static final Duration SETTLE_TIME = Duration.ofSeconds(1);

  private final TestTime time = new TestTime();
  private final RoutingTable endpoints =
      new RoutingTable(Domain.parse("mx.example.net"), SETTLE_TIME, time::nanoTime);
  private final MailEndpoint tickets = TestBean.endpoint("support@example.com");
  private final MailEndpoint archive = TestBean.endpoint("support*@example.com");

  private void settle() {
    time.advance(SETTLE_TIME);
  }

  private static ForwardPath path(String mailbox) {
    return ForwardPath.of(Mailbox.parse(mailbox));
  }

  @Test
  void aRecipientGoesToEachBeanThatTakesIt() {
    endpoints.add(tickets);
    endpoints.add(archive);
    settle();
    assertThat(endpoints.route(CLIENT, SUPPORT)).isEqualTo(to(tickets, archive));
    assertThat(endpoints.route(CLIENT, path("support+1@example.com"))).isEqualTo(to(archive));
    assertThat(endpoints.route(CLIENT, path("sales@example.com"))).isEqualTo(new Route.Nowhere());
  }

  @Test
  void aBeanTakesMailOnlyOfItsListeners() {
    MailEndpoint submitted =
        TestBean.endpoint(
            TestBean.settings("support@example.com", "submission, LMTP", 1, false, false));
    endpoints.add(submitted);
    settle();
    assertThat(endpoints.route(TestClient.of("submission"), SUPPORT)).isEqualTo(to(submitted));
    assertThat(endpoints.route(TestClient.of("lmtp"), SUPPORT)).isEqualTo(to(submitted));
    assertThat(endpoints.route(TestClient.of("smtp"), SUPPORT)).isEqualTo(new Route.Nowhere());
  }

  @Test
  void postmasterIsLocalWhereTheServerOrABeanIs() {
    MailEndpoint postmaster = TestBean.endpoint("postmaster");
    endpoints.add(postmaster);
    endpoints.add(tickets);
    settle();
    assertThat(endpoints.route(CLIENT, ForwardPath.POSTMASTER)).isEqualTo(to(postmaster));
    assertThat(endpoints.route(CLIENT, path("postmaster@example.com"))).isEqualTo(to(postmaster));
    assertThat(endpoints.route(CLIENT, path("Postmaster@mx.example.net")))
        .isEqualTo(to(postmaster));
    assertThat(endpoints.route(CLIENT, path("postmaster@example.org")))
        .isEqualTo(new Route.Nowhere());
  }

  @Test
  void aBeanThatIsLeavingTakesNoFurtherRecipients() {
    endpoints.add(tickets);
    settle();
    tickets.leave();
    assertThat(endpoints.route(CLIENT, SUPPORT)).isEqualTo(new Route.NotNow());
  }

  @Test
  void aRecipientOfARemovedBeanIsNotGivenToTheOtherBeansForAWhile() {
    endpoints.add(tickets);
    endpoints.add(archive);
    settle();
    endpoints.remove(tickets);
    assertThat(endpoints.route(CLIENT, SUPPORT)).isEqualTo(new Route.NotNow());
    assertThat(endpoints.route(CLIENT, path("support+1@example.com"))).isEqualTo(to(archive));
    time.advance(Duration.ofSeconds(30));
    assertThat(endpoints.route(CLIENT, SUPPORT)).isEqualTo(to(archive));
  }

  /** Asked at any moment, the table returns both beans, or none. */
  @Test
  void aRouteIsNeverToSomeOfTheBeansThatTakeARecipient() throws Exception {
    RoutingTable settled =
        new RoutingTable(Domain.parse("mx.example.net"), Duration.ZERO, System::nanoTime);
    settled.add(archive);
    settled.add(tickets);
    AtomicBoolean ended = new AtomicBoolean();
    Thread redeploying =
        new Thread(
            () -> {
              for (int i = 0; i < 20_000; i++) {
                settled.remove(tickets);
                settled.add(tickets);
              }
              ended.set(true);
            });
    redeploying.start();
    Set<Route> seen = new HashSet<>();
    while (!ended.get()) {
      seen.add(settled.route(CLIENT, SUPPORT));
    }
    redeploying.join();
    assertThat(seen).isSubsetOf(to(archive, tickets), new Route.NotNow(), new Route.Unsettled());
  }

  @Test
  void aBeanThatIsBackTakesItsRecipientsAgain() {
    endpoints.add(tickets);
    endpoints.add(archive);
    endpoints.remove(tickets);
    MailEndpoint again = TestBean.endpoint("support@example.com");
    endpoints.add(again);
    settle();
    assertThat(endpoints.route(CLIENT, SUPPORT)).isEqualTo(to(archive, again));
  }

  @Test
  void oneActivationBringsBackOneBeanThoughAnotherHadTheSameRecipients() {
    endpoints.add(archive);
    endpoints.add(tickets);
    MailEndpoint second = TestBean.endpoint("support@example.com");
    endpoints.add(second);
    endpoints.remove(tickets);
    endpoints.remove(second);
    MailEndpoint ticketsAgain = TestBean.endpoint("support@example.com");
    endpoints.add(ticketsAgain);
    settle();
    assertThat(endpoints.route(CLIENT, SUPPORT)).isEqualTo(new Route.NotNow());
    MailEndpoint secondAgain = TestBean.endpoint("support@example.com");
    endpoints.add(secondAgain);
    settle();
    assertThat(endpoints.route(CLIENT, SUPPORT)).isEqualTo(to(archive, ticketsAgain, secondAgain));
  }

  @Test
  void aBeanForOtherListenersDoesNotBringBackTheOneThatLeft() {
    endpoints.add(archive);
    endpoints.add(tickets);
    endpoints.remove(tickets);
    endpoints.add(
        TestBean.endpoint(TestBean.settings("support@example.com", "lmtp", 1, false, false)));
    settle();
    assertThat(endpoints.route(CLIENT, SUPPORT)).isEqualTo(new Route.NotNow());
  }

  @Test
  void theLastBeanLeavesNoMemory() {
    endpoints.add(tickets);
    endpoints.add(archive);
    endpoints.remove(tickets);
    endpoints.remove(archive);
    endpoints.add(archive);
    settle();
    assertThat(endpoints.route(CLIENT, SUPPORT)).isEqualTo(to(archive));
  }

  @Test
  void thereIsNoRouteUntilAMomentAfterTheLastActivation() {
    endpoints.add(tickets);
    time.advance(SETTLE_TIME.minusMillis(1));
    assertThat(endpoints.route(CLIENT, SUPPORT)).isEqualTo(new Route.Unsettled());
    endpoints.add(archive);
    time.advance(SETTLE_TIME.minusMillis(1));
    assertThat(endpoints.untilSettled()).isEqualTo(Duration.ofMillis(1));
    assertThat(endpoints.route(CLIENT, SUPPORT)).isEqualTo(new Route.Unsettled());
    time.advance(Duration.ofMillis(1));
    assertThat(endpoints.route(CLIENT, SUPPORT)).isEqualTo(to(tickets, archive));
  }

  private static Route to(MailEndpoint... takers) {
    return new Route.To(java.util.List.of(takers));
  }
}
