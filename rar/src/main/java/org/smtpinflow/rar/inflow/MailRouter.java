// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.rar.inflow;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Timer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.smtpinflow.api.Client;
import org.smtpinflow.api.ForwardPath;
import org.smtpinflow.api.Recipient;
import org.smtpinflow.rar.container.Transactions;
import org.smtpinflow.smtp.protocol.ReceivedMail;
import org.smtpinflow.smtp.protocol.RecipientDecision;
import org.smtpinflow.smtp.protocol.RecipientRequest;
import org.smtpinflow.smtp.protocol.Reply;
import org.smtpinflow.smtp.server.MailReceiver;
import org.smtpinflow.smtp.server.PendingMessage;

/**
 * Decides at RCPT which beans take a recipient, and at the end of data hands the message to these
 * beans. Its methods are called on event loops and do not block.
 *
 * <p>What was decided at RCPT holds at the end of data: the message goes to the activations that
 * took its recipients, and to no others. If one of them is gone by then, or was replaced by a
 * redeployment, the reply is 451. A bean that was activated after RCPT does not get the message.
 */
final class MailRouter implements MailReceiver {

  private final RoutingTable routes;
  private final Settling settling;
  private final Transactions transactions;
  private volatile Optional<Dispatcher> dispatcher = Optional.empty();

  /**
   * Makes a router without a dispatcher, which refuses every message.
   *
   * @param timer answers RCPT commands once the routes have settled
   */
  MailRouter(RoutingTable routes, Transactions transactions, Timer timer) {
    this.routes = routes;
    this.settling = new Settling(routes, timer);
    this.transactions = transactions;
  }

  /** Begins to hand messages to a dispatcher. */
  void open(Dispatcher dispatcher) {
    this.dispatcher = Optional.of(dispatcher);
  }

  /** Hands messages to no dispatcher any more. */
  void close() {
    dispatcher = Optional.empty();
  }

  Optional<Dispatcher> dispatcher() {
    return dispatcher;
  }

  @Override
  public CompletionStage<RecipientDecision> recipient(RecipientRequest request) {
    Client client = request.client();
    ForwardPath path = request.recipient().path();
    RoutingTable.Route route = routes.route(client, path);
    if (route instanceof RoutingTable.Route.Unsettled) {
      return settling
          .settled()
          .thenCompose(
              settled -> settled ? recipient(request) : decided(refused(AdapterReply.NO_BEAN)));
    }
    if (route instanceof RoutingTable.Route.To to) {
      return decided(accepted(to.endpoints(), client));
    }
    AdapterReply reply =
        route instanceof RoutingTable.Route.NotNow
            ? AdapterReply.NOT_NOW
            : AdapterReply.NO_SUCH_RECIPIENT;
    return decided(new RecipientDecision.Refused(reply.about(path)));
  }

  private static CompletionStage<RecipientDecision> decided(RecipientDecision decision) {
    return CompletableFuture.completedStage(decision);
  }

  private static RecipientDecision refused(AdapterReply reply) {
    return new RecipientDecision.Refused(reply.reply());
  }

  /** Accepts a recipient for all beans that take it, if the client meets the demands of each. */
  private static RecipientDecision accepted(List<MailEndpoint> takers, Client client) {
    return unmetDemand(takers, client)
        .map(MailRouter::refused)
        .orElseGet(
            () ->
                new RecipientDecision.Accepted(
                    AdapterReply.RECIPIENT_OK.reply(), new Taken(takers)));
  }

  private static Optional<AdapterReply> unmetDemand(List<MailEndpoint> takers, Client client) {
    return takers.stream().flatMap(bean -> bean.unmetDemand(client).stream()).findFirst();
  }

  /**
   * {@inheritDoc} A message that gets one reply is one delivery. In LMTP the recipients that the
   * same beans took are one delivery, whose outcome is the reply for each of them.
   */
  @Override
  public PendingMessage message(ReceivedMail mail) {
    List<Integer> all = IntStream.range(0, mail.acceptances().size()).boxed().toList();
    Collection<List<Integer>> groups =
        mail.replyPerRecipient()
            ? all.stream()
                .collect(groupingBy(i -> takers(mail, i), LinkedHashMap::new, toList()))
                .values()
            : List.of(all);
    PendingDelivery[] deliveryOf = new PendingDelivery[all.size()];
    for (List<Integer> group : groups) {
      PendingDelivery delivery = deliver(mail, group);
      group.forEach(i -> deliveryOf[i] = delivery);
    }
    return PendingDeliveries.of(List.of(deliveryOf).subList(0, mail.replies()));
  }

  private static List<MailEndpoint> takers(ReceivedMail mail, int recipient) {
    return ((Taken) mail.acceptances().get(recipient)).beans();
  }

  private PendingDelivery deliver(ReceivedMail mail, List<Integer> recipients) {
    Map<MailEndpoint, List<Recipient>> shares = new LinkedHashMap<>();
    for (int i : recipients) {
      for (MailEndpoint bean : takers(mail, i)) {
        shares
            .computeIfAbsent(bean, none -> new ArrayList<>())
            .add(mail.envelope().recipients().get(i));
      }
    }
    Optional<Dispatcher> open = dispatcher;
    if (open.isEmpty() || unmetDemand(List.copyOf(shares.keySet()), mail.client()).isPresent()) {
      return PendingDelivery.answered(AdapterReply.NO_BEAN.reply());
    }
    List<BeanRecipients> beans =
        shares.entrySet().stream().map(e -> new BeanRecipients(e.getKey(), e.getValue())).toList();
    return open.get().submit(new Delivery(mail, beans, transactions));
  }

  /**
   * The deliveries of a message.
   *
   * @param deliveries one for each reply, in the order of the replies; they need not differ
   */
  private record PendingDeliveries(
      List<PendingDelivery> deliveries, CompletionStage<List<Reply>> replies)
      implements PendingMessage {

    static PendingDeliveries of(List<PendingDelivery> deliveries) {
      List<CompletableFuture<Reply>> replies =
          deliveries.stream().map(d -> d.reply().toCompletableFuture()).toList();
      return new PendingDeliveries(
          deliveries,
          CompletableFuture.allOf(replies.toArray(CompletableFuture[]::new))
              .thenApply(done -> replies.stream().map(CompletableFuture::join).toList()));
    }

    @Override
    public void withdraw() {
      deliveries.forEach(PendingDelivery::withdraw);
    }
  }
}
