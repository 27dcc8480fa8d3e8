// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.sample.helpdesk.web;

import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.ws.rs.ServiceUnavailableException;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.smtpinflow.sample.helpdesk.DeskFeed;
import org.smtpinflow.sample.helpdesk.DeskUpdate;

/**
 * Notifies all open pages of news on the desk.
 *
 * <p>Mail is delivered on one thread and pages are notified on another, so a slow page delays no
 * mail. Everything is bounded. If an event is lost, the page shows the news late: after the next
 * event it fetches everything that is new.
 */
@ApplicationScoped
public class Broadcaster {

  private static final Logger LOG = System.getLogger(Broadcaster.class.getName());

  private static final int MAX_PAGES = 500;

  /** Enough for the browsers of an office that has one address. */
  private static final int MAX_PAGES_OF_CLIENT = 50;

  private static final int MAX_UNTOLD = 1000;

  /** Proxies close a silent connection after 30 or 60 seconds. */
  private static final int HEARTBEAT_SECONDS = 20;

  @Inject private DeskFeed feed;
  @Resource private ManagedScheduledExecutorService executor;

  private final Set<OpenPage> pages = ConcurrentHashMap.newKeySet();
  private final StreamShares shares = new StreamShares(MAX_PAGES, MAX_PAGES_OF_CLIENT);
  private final Set<DeskUpdate> untold = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean scheduled = new AtomicBoolean();
  private final Consumer<DeskUpdate> subscriber = this::onUpdate;
  private ScheduledFuture<?> heartbeat;

  void start(@Observes @Initialized(ApplicationScoped.class) Object application) {
    feed.subscribe(subscriber);
    heartbeat =
        executor.scheduleWithFixedDelay(
            this::beat, HEARTBEAT_SECONDS, HEARTBEAT_SECONDS, TimeUnit.SECONDS);
  }

  @PreDestroy
  void stop() {
    feed.unsubscribe(subscriber);
    if (heartbeat != null) {
      heartbeat.cancel(true);
    }
    pages.forEach(OpenPage::close);
  }

  /**
   * Adds a page.
   *
   * @param client the address literal of its client
   * @throws ServiceUnavailableException if there are too many pages, or too many of this client
   */
  void add(SseEventSink sink, Sse sse, String client) {
    if (!shares.enter(client)) {
      sink.close();
      throw new ServiceUnavailableException();
    }
    OpenPage page = new OpenPage(sink, sse, closed -> remove(closed, client));
    pages.add(page);
    page.greet();
  }

  private void remove(OpenPage page, String client) {
    if (pages.remove(page)) {
      shares.leave(client);
    }
  }

  /** Runs on the thread that delivers the mail. */
  private void onUpdate(DeskUpdate update) {
    if (untold.size() >= MAX_UNTOLD || pages.isEmpty()) {
      return;
    }
    untold.add(update);
    if (scheduled.compareAndSet(false, true)) {
      try {
        executor.execute(this::tell);
      } catch (RejectedExecutionException e) {
        scheduled.set(false);
        LOG.log(Level.WARNING, "Open pages are not told what came in: {0}", e.getMessage());
      }
    }
  }

  private void tell() {
    scheduled.set(false);
    Set<DeskUpdate> updates = Set.copyOf(untold);
    untold.removeAll(updates);
    updates.forEach(update -> pages.forEach(page -> page.tell(update)));
  }

  private void beat() {
    pages.forEach(OpenPage::beat);
  }
}
