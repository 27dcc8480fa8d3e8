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

  private final RoutingTable endpoints =
      new RoutingTable(Domain.parse("mx.example.net"), Duration.ofHours(1));
  private final MailEndpoint tickets = TestBean.endpoint("support@example.com");
  private final MailEndpoint archive = TestBean.endpoint("support*@example.com");

  private static ForwardPath path(String mailbox) {
    return ForwardPath.of(Mailbox.parse(mailbox));
  }

  @Test
  void aRecipientGoesToEachBeanThatTakesIt() {
    endpoints.add(tickets);
    endpoints.add(archive);
    assertThat(endpoints.route(CLIENT, SUPPORT)).isEqualTo(to(tickets, archive));
    assertThat(endpoints.route(CLIENT, path("support+1@example.com"))).isEqualTo(to(archive));
    assertThat(endpoints.route(CLIENT, path("sales@example.com"))).isEqualTo(new Route.Nowhere());
  }

  @Test
  void aBeanTakesMailOfItsListenersAlone() {
    MailEndpoint submitted =
        TestBean.endpoint(
            TestBean.settings("support@example.com", "submission, LMTP", 1, false, false));
    endpoints.add(submitted);
    assertThat(endpoints.route(TestClient.of("submission"), SUPPORT)).isEqualTo(to(submitted));
    assertThat(endpoints.route(TestClient.of("lmtp"), SUPPORT)).isEqualTo(to(submitted));
    assertThat(endpoints.route(TestClient.of("smtp"), SUPPORT)).isEqualTo(new Route.Nowhere());
  }

  @Test
  void postmasterIsLocalWhereTheServerOrABeanIs() {
    MailEndpoint postmaster = TestBean.endpoint("postmaster");
    endpoints.add(postmaster);
    endpoints.add(tickets);
    assertThat(endpoints.route(CLIENT, ForwardPath.POSTMASTER)).isEqualTo(to(postmaster));
    assertThat(endpoints.route(CLIENT, path("postmaster@example.com"))).isEqualTo(to(postmaster));
    assertThat(endpoints.route(CLIENT, path("Postmaster@mx.example.net")))
        .isEqualTo(to(postmaster));
    assertThat(endpoints.route(CLIENT, path("postmaster@example.org")))
        .isEqualTo(new Route.Nowhere());
  }

  @Test
  void aBeanThatIsLeavingTakesOnlyWhatItHasAccepted() {
    endpoints.add(tickets);
    tickets.leave();
    assertThat(endpoints.route(CLIENT, SUPPORT)).isEqualTo(new Route.NotNow());
    assertThat(endpoints.routeAccepted(CLIENT, SUPPORT)).isEqualTo(to(tickets));
  }

  @Test
  void whatABeanTookThatIsGoneIsNotGivenToTheOthersAlone() {
    endpoints.add(tickets);
    endpoints.add(archive);
    endpoints.remove(tickets);
    assertThat(endpoints.route(CLIENT, SUPPORT)).isEqualTo(new Route.NotNow());
    assertThat(endpoints.routeAccepted(CLIENT, SUPPORT)).isEqualTo(new Route.NotNow());
    assertThat(endpoints.route(CLIENT, path("support+1@example.com"))).isEqualTo(to(archive));
  }

  /** Whoever asks at any moment gets both beans, or nobody. */
  @Test
  void aRouteIsNeverToSomeOfThoseWhoTakeTheMail() throws Exception {
    endpoints.add(archive);
    endpoints.add(tickets);
    AtomicBoolean ended = new AtomicBoolean();
    Thread coming =
        new Thread(
            () -> {
              for (int i = 0; i < 20_000; i++) {
                endpoints.remove(tickets);
                endpoints.add(tickets);
              }
              ended.set(true);
            });
    coming.start();
    Set<Route> seen = new HashSet<>();
    while (!ended.get()) {
      seen.add(endpoints.routeAccepted(CLIENT, SUPPORT));
    }
    coming.join();
    assertThat(seen).isSubsetOf(to(archive, tickets), new Route.NotNow());
  }

  @Test
  void aBeanThatComesBackTakesItAgain() {
    endpoints.add(tickets);
    endpoints.add(archive);
    endpoints.remove(tickets);
    MailEndpoint again = TestBean.endpoint("support@example.com");
    endpoints.add(again);
    assertThat(endpoints.route(CLIENT, SUPPORT)).isEqualTo(to(archive, again));
  }

  @Test
  void theLastBeanLeavesNoMemory() {
    endpoints.add(tickets);
    endpoints.add(archive);
    endpoints.remove(tickets);
    endpoints.remove(archive);
    endpoints.add(archive);
    assertThat(endpoints.route(CLIENT, SUPPORT)).isEqualTo(to(archive));
  }

  @Test
  void routesSettleAMomentAfterTheLastActivation() {
    endpoints.add(tickets);
    assertThat(endpoints.untilSettled()).isBetween(Duration.ofMinutes(50), Duration.ofHours(1));
  }

  private static Route to(MailEndpoint... takers) {
    return new Route.To(java.util.List.of(takers));
  }
}
