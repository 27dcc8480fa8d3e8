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
 * Tells all open pages which tickets have untold.
 *
 * <p>Mail is delivered on one thread and pages are told on another, so a page that does not listen
 * keeps no mail waiting. All is bounded: an event may be lost, which makes the page late and not
 * wrong, because with the next event it fetches all that is new.
 */
@ApplicationScoped
public class Broadcaster {

  private static final Logger LOG = System.getLogger(Broadcaster.class.getName());

  private static final int MAX_PAGES = 500;
  private static final int MAX_UNTOLD = 1000;

  /** Also keeps proxies from closing a silent connection, which they do after 30 or 60 seconds. */
  private static final int HEARTBEAT_SECONDS = 20;

  @Inject private DeskFeed feed;
  @Resource private ManagedScheduledExecutorService executor;

  private final Set<OpenPage> pages = ConcurrentHashMap.newKeySet();
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
   * Adds a page that wants to be told.
   *
   * @throws ServiceUnavailableException if there are too many
   */
  void add(SseEventSink sink, Sse sse) {
    if (pages.size() >= MAX_PAGES) {
      sink.close();
      throw new ServiceUnavailableException();
    }
    OpenPage page = new OpenPage(sink, sse, pages::remove);
    pages.add(page);
    page.greet();
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
