// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.rar.inflow;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.smtpinflow.api.Client;
import org.smtpinflow.api.ForwardPath;
import org.smtpinflow.api.Recipient;
import org.smtpinflow.rar.container.Transactions;
import org.smtpinflow.smtp.protocol.Acceptance;
import org.smtpinflow.smtp.protocol.ReceivedMail;
import org.smtpinflow.smtp.protocol.RecipientDecision;
import org.smtpinflow.smtp.protocol.RecipientRequest;
import org.smtpinflow.smtp.protocol.Reply;
import org.smtpinflow.smtp.server.MailReceiver;
import org.smtpinflow.smtp.server.PendingMessage;

/**
 * Decides which beans take a recipient, and hands each message to a delivery to these beans. Called
 * on event loops; blocks nowhere.
 */
final class MailRouter implements MailReceiver {

  private static final Reply RECIPIENT_OK = Reply.of(250, "2.1.5", "Recipient ok");

  private final RoutingTable endpoints;
  private final Transactions transactions;
  private final Timer timer;
  private volatile Optional<Dispatcher> dispatcher = Optional.empty();

  /**
   * Makes a router without a dispatcher, which refuses every message.
   *
   * @param timer answers RCPT commands once the routes have settled
   */
  MailRouter(RoutingTable endpoints, Transactions transactions, Timer timer) {
    this.endpoints = endpoints;
    this.transactions = transactions;
    this.timer = timer;
  }

  /** Begins to give messages to a dispatcher. */
  void open(Dispatcher dispatcher) {
    this.dispatcher = Optional.of(dispatcher);
  }

  /** Gives messages to no dispatcher any more. */
  void close() {
    dispatcher = Optional.empty();
  }

  Optional<Dispatcher> dispatcher() {
    return dispatcher;
  }

  @Override
  public CompletionStage<RecipientDecision> recipient(RecipientRequest request) {
    Duration untilSettled = endpoints.untilSettled();
    if (untilSettled.isNegative() || untilSettled.isZero()) {
      return CompletableFuture.completedStage(decide(request));
    }
    return recipientOnceSettled(request, untilSettled);
  }

  private CompletionStage<RecipientDecision> recipientOnceSettled(
      RecipientRequest request, Duration untilSettled) {
    CompletableFuture<RecipientDecision> decision = new CompletableFuture<>();
    TimerTask task =
        new TimerTask() {
          @Override
          public void run() {
            decision.complete(decide(request));
          }
        };
    try {
      timer.schedule(task, untilSettled.toMillis() + 1);
    } catch (IllegalStateException e) {
      // The timer was cancelled: the adapter stops.
      decision.complete(new RecipientDecision.Refused(Delivery.NO_BEAN));
    }
    return decision;
  }

  private RecipientDecision decide(RecipientRequest request) {
    ForwardPath path = request.recipient().path();
    RoutingTable.Route route = endpoints.route(request.client(), path);
    if (route instanceof RoutingTable.Route.To to) {
      return demand(to.endpoints(), request.client())
          .<RecipientDecision>map(RecipientDecision.Refused::new)
          .orElseGet(() -> new RecipientDecision.Accepted(RECIPIENT_OK, new Taken(to.endpoints())));
    }
    return new RecipientDecision.Refused(
        route instanceof RoutingTable.Route.NotNow
            ? Reply.of(451, "4.3.2", "No mail is taken for " + path + " now, try again later")
            : Reply.of(550, "5.1.1", "No mail is taken for " + path));
  }

  /** Who took a recipient at RCPT. */
  private record Taken(List<MailEndpoint> endpoints) implements Acceptance {}

  /** All beans that take a recipient get its mail, or none: so what one demands holds for all. */
  private static Optional<Reply> demand(List<MailEndpoint> endpoints, Client client) {
    return endpoints.stream().flatMap(e -> e.demand(client).stream()).findFirst();
  }

  @Override
  public PendingMessage message(ReceivedMail mail) {
    return PendingMessage.of(
        mail.replyPerRecipient()
            ? messageForEach(mail)
            : deliver(mail, share(mail)).thenApply(List::of));
  }

  /**
   * The reply for a recipient is the outcome of the transaction of the beans that take it.
   * Recipients that the same beans take share one.
   */
  private CompletionStage<List<Reply>> messageForEach(ReceivedMail mail) {
    List<List<MailEndpoint>> takers =
        mail.envelope().recipients().stream().map(r -> takers(mail.client(), r)).toList();
    Map<List<MailEndpoint>, List<Recipient>> groups = new LinkedHashMap<>();
    for (int i = 0; i < takers.size(); i++) {
      groups
          .computeIfAbsent(takers.get(i), none -> new ArrayList<>())
          .add(mail.envelope().recipients().get(i));
    }
    Map<List<MailEndpoint>, CompletableFuture<Reply>> replies = new HashMap<>();
    groups.forEach(
        (beans, recipients) ->
            replies.put(beans, deliver(mail, shares(beans, recipients)).toCompletableFuture()));
    return CompletableFuture.allOf(replies.values().toArray(CompletableFuture[]::new))
        .thenApply(done -> takers.stream().map(beans -> replies.get(beans).join()).toList());
  }

  /** Returns what each bean gets, if they all get the same; nothing if there is no bean. */
  private static Optional<List<BeanRecipients>> shares(
      List<MailEndpoint> endpoints, List<Recipient> recipients) {
    return endpoints.isEmpty()
        ? Optional.empty()
        : Optional.of(endpoints.stream().map(e -> new BeanRecipients(e, recipients)).toList());
  }

  private CompletionStage<Reply> deliver(ReceivedMail mail, Optional<List<BeanRecipients>> shares) {
    Optional<Dispatcher> open = dispatcher;
    if (shares.isEmpty() || open.isEmpty()) {
      return CompletableFuture.completedStage(Delivery.NO_BEAN);
    }
    return open.get()
        .submit(
            new Delivery(mail, shares.get(), transactions),
            shares.get().stream().map(BeanRecipients::endpoint).toList());
  }

  /** Finds who takes a recipient that was accepted; nobody if not all are there who should. */
  private List<MailEndpoint> takers(Client client, Recipient recipient) {
    return endpoints.routeAccepted(client, recipient.path()) instanceof RoutingTable.Route.To to
        ? to.endpoints()
        : List.of();
  }

  /**
   * Finds what each bean gets.
   *
   * @return the shares, or nothing if a recipient has nobody any more who takes it
   */
  private Optional<List<BeanRecipients>> share(ReceivedMail mail) {
    Map<MailEndpoint, List<Recipient>> shares = new LinkedHashMap<>();
    for (Recipient recipient : mail.envelope().recipients()) {
      List<MailEndpoint> takers = takers(mail.client(), recipient);
      if (takers.isEmpty()) {
        return Optional.empty();
      }
      takers.forEach(e -> shares.computeIfAbsent(e, none -> new ArrayList<>()).add(recipient));
    }
    return Optional.of(
        shares.entrySet().stream().map(e -> new BeanRecipients(e.getKey(), e.getValue())).toList());
  }
}
