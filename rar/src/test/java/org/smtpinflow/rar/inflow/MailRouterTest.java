// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.rar.inflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.smtpinflow.api.Client;
import org.smtpinflow.api.Domain;
import org.smtpinflow.api.ForwardPath;
import org.smtpinflow.api.Mailbox;
import org.smtpinflow.api.Recipient;
import org.smtpinflow.rar.container.TestContainer;
import org.smtpinflow.rar.container.TestWorkManager;
import org.smtpinflow.smtp.protocol.Acceptance;
import org.smtpinflow.smtp.protocol.RecipientDecision;
import org.smtpinflow.smtp.protocol.RecipientRequest;
import org.smtpinflow.smtp.protocol.Reply;

/** The replies to RCPT, and at the end of data if something has changed since. */
class MailRouterTest {

  private static final Duration SETTLE_TIME = Duration.ofSeconds(2);
  private static final Recipient SUPPORT =
      Recipient.of(ForwardPath.of(Mailbox.parse("support@example.com")));
  private static final Client STRANGER = TestClient.of("smtp");
  private static final Client DEMO =
      TestClient.of("smtp", Optional.empty(), Optional.of(new Client.Identity("demo", Set.of())));

  private final TestTime time = new TestTime();
  private final RoutingTable routes =
      new RoutingTable(Domain.parse("mx.example.net"), SETTLE_TIME, time::nanoTime);
  private final MailRouter router = new MailRouter(routes, TestMail.NO_TRANSACTIONS, time.timer());
  private final List<String> calls = new ArrayList<>();
  private final MailEndpoint tickets = bean("tickets");
  private final MailEndpoint archive = bean("archive");

  MailRouterTest() {
    router.open(
        new Dispatcher(
            new TestContainer(),
            new TestWorkManager(Runnable::run),
            Runnable::run,
            time.timer(),
            10,
            Duration.ofMinutes(1),
            time::nanoTime));
  }

  private MailEndpoint bean(String name) {
    return TestBean.endpoint("support@example.com", 1, mail -> calls.add(name));
  }

  private void activate(MailEndpoint... beans) {
    for (MailEndpoint bean : beans) {
      routes.add(bean);
    }
    time.advance(SETTLE_TIME);
  }

  private Optional<RecipientDecision> rcpt(Client client) {
    return Optional.ofNullable(
        router
            .recipient(new RecipientRequest(client, TestMail.envelope(List.of()), SUPPORT))
            .toCompletableFuture()
            .getNow(null));
  }

  private Acceptance accepted(Client client) {
    return ((RecipientDecision.Accepted) rcpt(client).orElseThrow()).acceptance();
  }

  private Reply endOfData(Client client, Acceptance acceptance) {
    return router
        .message(TestMail.of("ID", client, false, List.of(SUPPORT), List.of(acceptance)))
        .replies()
        .toCompletableFuture()
        .join()
        .get(0);
  }

  @Test
  void aRedeploymentBetweenRcptAndTheEndOfDataIs451() {
    activate(tickets, archive);
    Acceptance acceptance = accepted(STRANGER);
    tickets.close();
    routes.remove(tickets);
    activate(bean("tickets again"));
    assertThat(endOfData(STRANGER, acceptance)).isEqualTo(AdapterReply.NO_BEAN.reply());
    assertThat(calls).isEmpty();
    assertThat(endOfData(STRANGER, accepted(STRANGER)).code()).isEqualTo(250);
    assertThat(calls).containsExactly("archive", "tickets again");
  }

  @Test
  void aBeanThatIsActivatedAfterRcptDoesNotGetTheMessage() {
    activate(tickets);
    Acceptance acceptance = accepted(STRANGER);
    activate(archive);
    assertThat(endOfData(STRANGER, acceptance).code()).isEqualTo(250);
    assertThat(calls).containsExactly("tickets");
  }

  /** Content may take longer than a removed bean is remembered. */
  @Test
  void contentThatTakesLongerThanTheGraceChangesNothing() {
    activate(tickets, archive);
    Acceptance acceptance = accepted(STRANGER);
    tickets.close();
    routes.remove(tickets);
    time.advance(Duration.ofMinutes(10));
    assertThat(endOfData(STRANGER, acceptance)).isEqualTo(AdapterReply.NO_BEAN.reply());
    assertThat(calls).isEmpty();
  }

  @Test
  void aBeanThatIsLeavingStillGetsTheMessageOfARecipientThatItTook() {
    activate(tickets);
    Acceptance acceptance = accepted(STRANGER);
    tickets.leave();
    assertThat(endOfData(STRANGER, acceptance).code()).isEqualTo(250);
    assertThat(calls).containsExactly("tickets");
  }

  @Test
  void theDemandsOfABeanHoldAtTheEndOfDataAsWell() {
    activate(TestBean.endpoint(TestBean.settings("support@example.com", "smtp", 1, false, true)));
    assertThat(rcpt(STRANGER).map(RecipientDecision::reply))
        .contains(AdapterReply.AUTHENTICATION_REQUIRED.reply());
    Acceptance acceptance = accepted(DEMO);
    assertThat(endOfData(DEMO, acceptance).code()).isEqualTo(250);
    assertThat(endOfData(STRANGER, acceptance)).isEqualTo(AdapterReply.NO_BEAN.reply());
  }

  @Test
  void rcptIsAnsweredOnceNothingHasBeenActivatedForTheSettleTime() {
    routes.add(tickets);
    var first =
        router.recipient(new RecipientRequest(STRANGER, TestMail.envelope(List.of()), SUPPORT));
    var second =
        router.recipient(new RecipientRequest(STRANGER, TestMail.envelope(List.of()), SUPPORT));
    assertThat(time.tasks()).isEqualTo(1);
    time.advance(SETTLE_TIME.minusMillis(1));
    routes.add(archive);
    time.advance(SETTLE_TIME.minusMillis(1));
    assertThat(first).isNotCompleted();
    assertThat(second).isNotCompleted();
    time.advance(Duration.ofMillis(2));
    assertThat(first.toCompletableFuture().join())
        .isEqualTo(
            new RecipientDecision.Accepted(
                AdapterReply.RECIPIENT_OK.reply(), new Taken(List.of(tickets, archive))));
    assertThat(second).isCompleted();
  }

  @Test
  void aStopAnswersRcptThatWaitsForTheRoutesToSettle() {
    routes.add(tickets);
    time.timer().cancel();
    assertThat(rcpt(STRANGER).map(RecipientDecision::reply)).contains(AdapterReply.NO_BEAN.reply());
  }
}
