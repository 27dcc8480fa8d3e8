// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.rar.inflow;

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
import java.util.List;
import java.util.Optional;
import java.util.Timer;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.IntStream;
import org.smtpinflow.api.MailServer;
import org.smtpinflow.api.MailServer.State;
import org.smtpinflow.api.MailServerStatistics;
import org.smtpinflow.rar.container.Container;
import org.smtpinflow.rar.container.Transactions;
import org.smtpinflow.rar.settings.AdapterSettings;
import org.smtpinflow.rar.settings.EndpointSettings;
import org.smtpinflow.smtp.server.ListenException;
import org.smtpinflow.smtp.server.ServerStatistics;
import org.smtpinflow.smtp.server.ServerThreads;
import org.smtpinflow.smtp.server.SmtpServer;
import org.smtpinflow.smtp.tls.TlsConfigurationException;

/**
 * The running adapter, from its start to its stop: its active endpoints and, while there are any,
 * the SMTP server that receives for them.
 */
public final class RunningAdapter implements AutoCloseable {

  private static final Logger LOG = System.getLogger(RunningAdapter.class.getName());

  /** Threads for tasks that block on the disk. */
  private static final int DISK_THREADS = 2;

  /** Threads that check credentials, which may mean to ask a remote directory. */
  private static final int AUTHENTICATION_THREADS = 4;

  /** A handshake takes a few milliseconds of one processor. */
  private static final int HANDSHAKE_THREADS = 2;

  private final AdapterSettings settings;
  private final Container container;
  private final WorkManager workManager;
  private final Timer timer;
  private final RoutingTable routes;
  private final MailRouter router;
  private final CumulativeStatistics statistics = new CumulativeStatistics();

  /**
   * Serializes the opening and the closing of the ports. Closing them takes {@code drainTimeout}
   * and a few seconds at most, for which an activation has to wait: the ports can be opened again
   * only after they are closed. Sessions, pauses and statistics never wait for it.
   */
  private final Object lifecycle = new Object();

  /** Guards changes of the next two fields. Held for moments only. */
  private final Object state = new Object();

  private volatile Optional<Service> service = Optional.empty();
  private volatile boolean paused;

  /** Why the ports could not be opened for the last bean that needed them. */
  private volatile Optional<String> problem = Optional.empty();

  private final ManagedMailServer managed = new ManagedMailServer(this::statistics);

  /** The parts that run only while there are endpoints. */
  private record Service(
      SmtpServer server,
      Dispatcher dispatcher,
      WorkThreads disk,
      WorkThreads authentication,
      WorkThreads handshakes,
      WorkThreads starter) {}

  /**
   * Starts without endpoints, and opens no port.
   *
   * @throws UnavailableException if the container has no timer for the adapter
   */
  public RunningAdapter(AdapterSettings settings, Container container, BootstrapContext context)
      throws UnavailableException {
    this.settings = settings;
    this.container = container;
    this.workManager = context.getWorkManager();
    this.timer = context.createTimer();
    this.routes = new RoutingTable(settings.serverName(), settings.settleTime(), System::nanoTime);
    this.router = new MailRouter(routes, Transactions.of(container, context), timer);
    this.paused = settings.startPaused();
    managed.show(settings.serverName().text());
  }

  /**
   * Begins to deliver to a bean. The first activation opens the ports. If the ports are being
   * closed for the bean before it, this waits until they are.
   *
   * @throws ResourceException if the bean is not valid or a port cannot be opened
   */
  public void activate(
      MessageEndpointFactory factory, Object spec, EndpointSettings endpointSettings)
      throws ResourceException {
    MailEndpoint endpoint =
        new MailEndpoint(factory, spec, endpointSettings, MethodPermission.of(factory, container));
    synchronized (lifecycle) {
      routes.add(endpoint);
      if (service.isEmpty()) {
        open(endpoint);
      }
    }
    LOG.log(Level.INFO, "mail is delivered to the {0}", endpoint);
  }

  private void open(MailEndpoint first) throws ResourceException {
    WorkThreads disk = null;
    WorkThreads authentication = null;
    WorkThreads handshakes = null;
    WorkThreads starter = null;
    try {
      disk = new WorkThreads(workManager, DISK_THREADS);
      authentication = new WorkThreads(workManager, authenticationThreads());
      handshakes =
          new WorkThreads(workManager, settings.server().tls().isPresent() ? HANDSHAKE_THREADS : 0);
      starter = new WorkThreads(workManager, 1);
      Dispatcher dispatcher =
          new Dispatcher(
              container,
              workManager,
              starter,
              timer,
              settings.maxDeliveries(),
              settings.deliveryWait(),
              System::nanoTime);
      router.open(dispatcher);
      SmtpServer server =
          SmtpServer.start(
              settings.server(),
              router,
              new ServerThreads(
                  task -> LongWork.start(workManager, task),
                  disk,
                  new ServerThreads.Pool(authentication, AUTHENTICATION_THREADS),
                  new ServerThreads.Pool(handshakes, HANDSHAKE_THREADS)),
              paused);
      synchronized (state) {
        service =
            Optional.of(new Service(server, dispatcher, disk, authentication, handshakes, starter));
        // Somebody may have paused or resumed the adapter while the server was started.
        applyPause(server);
      }
      problem = Optional.empty();
      statistics.through(server);
    } catch (TlsConfigurationException e) {
      throw closed("SMTP Inflow has no certificate", e.getMessage(), e);
    } catch (ListenException e) {
      throw closed("SMTP Inflow", PortFailure.explain(e), e);
    } catch (IOException | RejectedExecutionException e) {
      throw closed("SMTP Inflow cannot listen", e.getMessage(), e);
    } finally {
      if (service.isEmpty()) {
        routes.withdraw(first);
        router.close();
        closeIfOpened(starter);
        closeIfOpened(handshakes);
        closeIfOpened(authentication);
        closeIfOpened(disk);
      }
    }
  }

  private ResourceException closed(String subject, String reason, Exception cause) {
    problem = Optional.of(reason);
    return new ResourceException(subject + ": " + reason, cause);
  }

  /** None if no listener offers AUTH. */
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
   * Ends the deliveries to a bean, and waits for those under way, at most {@code drainTimeout}. The
   * last deactivation closes the ports. An endpoint that is not active is ignored, as a container
   * may deactivate one twice.
   */
  public void deactivate(MessageEndpointFactory factory, Object spec) {
    Optional<MailEndpoint> found = routes.find(factory, spec);
    if (found.isEmpty()) {
      return;
    }
    MailEndpoint endpoint = found.get();
    long deadline = System.nanoTime() + settings.drainTimeout().toNanos();
    endpoint.leave();
    synchronized (lifecycle) {
      if (routes.allLeaving()) {
        closeService();
      }
    }
    endpoint.close();
    router.dispatcher().ifPresent(Dispatcher::failClosed);
    if (!endpoint.awaitIdle(Duration.ofNanos(deadline - System.nanoTime()))) {
      LOG.log(
          Level.WARNING,
          "the {0} is still busy after {1} s (drainTimeout); its deliveries go on, but their senders"
              + " get no reply",
          endpoint,
          settings.drainTimeout().toSeconds());
    }
    routes.remove(endpoint);
    LOG.log(Level.INFO, "no more mail is delivered to the {0}", endpoint);
  }

  private void closeService() {
    if (service.isEmpty()) {
      return;
    }
    Service open = service.get();
    boolean drained = open.server().drain(settings.drainTimeout());
    if (!drained) {
      LOG.log(
          Level.WARNING,
          "sessions are still open after {0} s (drainTimeout): they are ended",
          settings.drainTimeout().toSeconds());
    }
    // Before any session gets 421 and its client sends the message again: a delivery that waits
    // must
    // not begin when another one ends.
    open.dispatcher().close();
    open.server().stop(Duration.ZERO);
    statistics.ended();
    open.starter().close();
    open.handshakes().close();
    open.authentication().close();
    open.disk().close();
    synchronized (state) {
      service = Optional.empty();
    }
    router.close();
  }

  /** See {@link MailServer#pause}. */
  public void pause() {
    setPaused(true);
    LOG.log(Level.INFO, "paused: clients get 421 4.3.2 until resume");
  }

  /** See {@link MailServer#resume}. */
  public void resume() {
    setPaused(false);
    LOG.log(Level.INFO, "resumed: clients are served");
  }

  private void setPaused(boolean pause) {
    synchronized (state) {
      paused = pause;
      service.ifPresent(s -> applyPause(s.server()));
    }
  }

  private void applyPause(SmtpServer server) {
    if (paused) {
      server.pause();
    } else {
      server.resume();
    }
  }

  /** See {@link MailServer#drain}. */
  public boolean drain(Duration patience) {
    long deadline = System.nanoTime() + patience.toNanos();
    pause();
    // A client may leave before the delivery of its message ends.
    return service.map(s -> s.server().awaitNoSessions(patience)).orElse(true)
        && router
            .dispatcher()
            .map(d -> d.awaitIdle(Duration.ofNanos(deadline - System.nanoTime())))
            .orElse(true);
  }

  /**
   * See {@link MailServer#statistics}. Does not wait for a lock, so that a drain can be watched.
   */
  public MailServerStatistics statistics() {
    Optional<Service> open = service;
    Optional<Dispatcher> dispatching = router.dispatcher();
    ServerStatistics total = statistics.statistics();
    return new MailServerStatistics(
        state(open),
        open.isPresent() ? Optional.empty() : problem,
        open.map(this::listeners).orElse(List.of()),
        routes.count(),
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

  private State state(Optional<Service> open) {
    if (open.isPresent()) {
      return paused ? State.PAUSED : State.OPEN;
    }
    return problem.isPresent() ? State.FAILED : State.CLOSED;
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
   * Ends everything, at the stop of the adapter. If there is no service, this needs no class that
   * has not been loaded yet: if a deployment has failed, Payara and GlassFish close the class
   * loader of an adapter before they stop it.
   */
  @Override
  public void close() {
    synchronized (lifecycle) {
      closeService();
    }
    timer.cancel();
    managed.close();
  }
}
