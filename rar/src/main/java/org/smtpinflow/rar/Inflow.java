// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.rar;

import jakarta.resource.ResourceException;
import jakarta.resource.spi.BootstrapContext;
import jakarta.resource.spi.UnavailableException;
import jakarta.resource.spi.endpoint.MessageEndpointFactory;
import jakarta.resource.spi.work.WorkManager;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
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
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.IntStream;
import org.smtpinflow.api.Client;
import org.smtpinflow.api.ForwardPath;
import org.smtpinflow.api.MailServer;
import org.smtpinflow.api.MailServer.State;
import org.smtpinflow.api.MailServerStatistics;
import org.smtpinflow.api.Recipient;
import org.smtpinflow.smtp.protocol.ReceivedMail;
import org.smtpinflow.smtp.protocol.RecipientRequest;
import org.smtpinflow.smtp.protocol.Reply;
import org.smtpinflow.smtp.server.ListenException;
import org.smtpinflow.smtp.server.MailReceiver;
import org.smtpinflow.smtp.server.ServerStatistics;
import org.smtpinflow.smtp.server.SmtpServer;
import org.smtpinflow.smtp.tls.TlsConfigurationException;

/**
 * What is between the start and the stop of the adapter: the active endpoints, and while there are
 * any, the SMTP server that receives for them.
 */
final class Inflow implements MailReceiver, AutoCloseable {

  private static final Logger LOG = System.getLogger(Inflow.class.getName());

  /** Threads for what blocks on the disk. */
  private static final int DISK_THREADS = 2;

  /** Threads for what checks credentials, which may ask a directory far away. */
  private static final int AUTHENTICATION_THREADS = 4;

  private static final Reply RECIPIENT_OK = Reply.of(250, "2.1.5", "Recipient ok");

  private final AdapterSettings settings;
  private final WorkManager workManager;
  private final Transactions transactions;
  private final Timer timer;
  private final RoutingTable endpoints;
  private final CumulativeStatistics traffic = new CumulativeStatistics();

  /** Serializes activations and deactivations; the sessions never wait for it. */
  private final Object lifecycle = new Object();

  private volatile Optional<Service> service = Optional.empty();
  private volatile boolean paused;
  private volatile Optional<Dispatcher> dispatcher = Optional.empty();

  /** What runs only while there are endpoints. */
  private record Service(
      SmtpServer server, WorkThreads disk, WorkThreads authentication, WorkThreads starter) {}

  Inflow(AdapterSettings settings, BootstrapContext context) throws UnavailableException {
    this.settings = settings;
    this.workManager = context.getWorkManager();
    this.transactions = Transactions.of(context);
    this.timer = context.createTimer();
    this.endpoints = new RoutingTable(settings.serverName(), settings.settleTime());
    this.paused = settings.startPaused();
  }

  /**
   * Begins to deliver to a bean; with the first one the ports are opened.
   *
   * @throws ResourceException if the spec is not valid or a port cannot be opened
   */
  void activate(MessageEndpointFactory factory, MailActivationSpec spec) throws ResourceException {
    MailEndpoint endpoint = new MailEndpoint(factory, spec);
    synchronized (lifecycle) {
      endpoints.add(endpoint);
      if (service.isEmpty()) {
        open(endpoint);
      }
    }
    LOG.log(Level.INFO, "mail is delivered to the {0}", endpoint);
  }

  private void open(MailEndpoint first) throws ResourceException {
    WorkThreads disk = null;
    WorkThreads authentication = null;
    WorkThreads starter = null;
    try {
      disk = new WorkThreads(workManager, DISK_THREADS);
      authentication = new WorkThreads(workManager, authenticationThreads());
      starter = new WorkThreads(workManager, 1);
      dispatcher =
          Optional.of(
              new Dispatcher(
                  workManager, starter, timer, settings.maxDeliveries(), settings.deliveryWait()));
      SmtpServer server =
          SmtpServer.start(
              settings.server(),
              this,
              task -> LongWork.start(workManager, task),
              disk,
              authentication,
              paused);
      service = Optional.of(new Service(server, disk, authentication, starter));
      traffic.through(server);
    } catch (TlsConfigurationException e) {
      throw new ResourceException("SMTP Inflow has no certificate: " + e.getMessage(), e);
    } catch (ListenException e) {
      throw new ResourceException("SMTP Inflow: " + PortFailure.explain(e), e);
    } catch (IOException | RejectedExecutionException e) {
      throw new ResourceException("SMTP Inflow cannot listen: " + e.getMessage(), e);
    } finally {
      if (service.isEmpty()) {
        endpoints.withdraw(first);
        dispatcher = Optional.empty();
        closeIfOpened(starter);
        closeIfOpened(authentication);
        closeIfOpened(disk);
      }
    }
  }

  /** None where no listener offers AUTH. */
  private int authenticationThreads() {
    boolean offered =
        settings.server().listeners().stream()
            .anyMatch(listen -> !listen.session().authentication().mechanisms().isEmpty());
    return offered ? AUTHENTICATION_THREADS : 0;
  }

  private static void closeIfOpened(WorkThreads threads) {
    if (threads != null) {
      threads.close();
    }
  }

  /**
   * Ends the deliveries to a bean: those under way are waited for. With the last one the ports are
   * closed. An endpoint that is not active is ignored, as a server may say it twice.
   */
  void deactivate(MessageEndpointFactory factory, Object spec) {
    Optional<MailEndpoint> found = endpoints.find(factory, spec);
    if (found.isEmpty()) {
      return;
    }
    MailEndpoint endpoint = found.get();
    long deadline = System.nanoTime() + settings.drainTimeout().toNanos();
    endpoint.leave();
    synchronized (lifecycle) {
      if (endpoints.allLeaving()) {
        closeService();
      }
    }
    endpoint.close();
    dispatcher.ifPresent(Dispatcher::failClosed);
    if (!endpoint.awaitIdle(Duration.ofNanos(deadline - System.nanoTime()))) {
      LOG.log(
          Level.WARNING,
          "the {0} is still busy after {1} seconds (drainTimeout); what it does now ends unheard",
          endpoint,
          settings.drainTimeout().toSeconds());
    }
    endpoints.remove(endpoint);
    LOG.log(Level.INFO, "no more mail is delivered to the {0}", endpoint);
  }

  private void closeService() {
    if (service.isEmpty()) {
      return;
    }
    Service open = service.get();
    open.server().stop(settings.drainTimeout());
    traffic.ended();
    open.starter().close();
    open.authentication().close();
    open.disk().close();
    service = Optional.empty();
    dispatcher = Optional.empty();
  }

  /** See {@link MailServer#pause}. */
  void pause() {
    synchronized (lifecycle) {
      paused = true;
      service.ifPresent(s -> s.server().pause());
    }
    LOG.log(Level.INFO, "paused: clients hear 421 4.3.2 until resume");
  }

  /** See {@link MailServer#resume}. */
  void resume() {
    synchronized (lifecycle) {
      paused = false;
      service.ifPresent(s -> s.server().resume());
    }
    LOG.log(Level.INFO, "resumed: clients are served");
  }

  /** See {@link MailServer#drain}. */
  boolean drain(Duration patience) {
    long deadline = System.nanoTime() + patience.toNanos();
    pause();
    // A client may go away without waiting for the end of the delivery of what it sent.
    return service.map(s -> s.server().awaitNoSessions(patience)).orElse(true)
        && dispatcher
            .map(d -> d.awaitIdle(Duration.ofNanos(deadline - System.nanoTime())))
            .orElse(true);
  }

  /** See {@link MailServer#statistics}. Waits for nothing, so that a drain can be watched. */
  MailServerStatistics statistics() {
    Optional<Service> open = service;
    Optional<Dispatcher> dispatching = dispatcher;
    ServerStatistics total = traffic.statistics();
    return new MailServerStatistics(
        open.isEmpty() ? State.CLOSED : paused ? State.PAUSED : State.OPEN,
        open.map(this::listeners).orElse(List.of()),
        endpoints.count(),
        total.sessionsOpen(),
        total.sessionsAccepted(),
        total.sessionsRefused(),
        total.messagesAccepted(),
        total.messagesRejected(),
        total.messagesDeferred(),
        total.contentsHeld(),
        total.heapOctets(),
        total.diskOctets(),
        dispatching.map(Dispatcher::underWay).orElse(0),
        dispatching.map(Dispatcher::waiting).orElse(0),
        total.tls(),
        total.authentication());
  }

  private List<MailServerStatistics.Listener> listeners(Service open) {
    List<InetSocketAddress> addresses = open.server().addresses();
    return IntStream.range(0, addresses.size())
        .mapToObj(
            i ->
                new MailServerStatistics.Listener(
                    settings.server().listeners().get(i).name(), addresses.get(i)))
        .toList();
  }

  /**
   * Ends everything, at the stop of the adapter. Where there is no service this needs no class that
   * has not been loaded yet: Payara and GlassFish close the class loader of an adapter before they
   * stop it, if a deployment has failed.
   */
  @Override
  public void close() {
    synchronized (lifecycle) {
      closeService();
    }
    timer.cancel();
  }

  @Override
  public CompletionStage<Reply> recipient(RecipientRequest request) {
    Duration untilSettled = endpoints.untilSettled();
    if (untilSettled.isNegative() || untilSettled.isZero()) {
      return CompletableFuture.completedStage(recipientReply(request));
    }
    return recipientOnceSettled(request, untilSettled);
  }

  private CompletionStage<Reply> recipientOnceSettled(
      RecipientRequest request, Duration untilSettled) {
    CompletableFuture<Reply> reply = new CompletableFuture<>();
    TimerTask task =
        new TimerTask() {
          @Override
          public void run() {
            reply.complete(recipientReply(request));
          }
        };
    try {
      timer.schedule(task, untilSettled.toMillis() + 1);
    } catch (IllegalStateException e) {
      // The timer was cancelled: the adapter stops.
      reply.complete(Delivery.NO_BEAN);
    }
    return reply;
  }

  private Reply recipientReply(RecipientRequest request) {
    ForwardPath path = request.recipient().path();
    RoutingTable.Route route = endpoints.route(request.client(), path);
    if (route instanceof RoutingTable.Route.To to) {
      return demand(to.endpoints(), request.client()).orElse(RECIPIENT_OK);
    }
    return route instanceof RoutingTable.Route.NotNow
        ? Reply.of(451, "4.3.2", "No mail is taken for " + path + " now, try again later")
        : Reply.of(550, "5.1.1", "No mail is taken for " + path);
  }

  /** All beans that take a recipient get its mail, or none: so what one demands holds for all. */
  private static Optional<Reply> demand(List<MailEndpoint> endpoints, Client client) {
    return endpoints.stream().flatMap(e -> e.demand(client).stream()).findFirst();
  }

  @Override
  public CompletionStage<Reply> message(ReceivedMail mail) {
    return deliver(mail, share(mail));
  }

  /**
   * {@inheritDoc} The reply for a recipient is the outcome of the transaction of the beans that
   * take it. Recipients that the same beans take share one.
   */
  @Override
  public CompletionStage<List<Reply>> messageForEach(ReceivedMail mail) {
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
