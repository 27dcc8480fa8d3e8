// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.rar.inflow;

import jakarta.resource.spi.work.Work;
import jakarta.resource.spi.work.WorkAdapter;
import jakarta.resource.spi.work.WorkContext;
import jakarta.resource.spi.work.WorkContextProvider;
import jakarta.resource.spi.work.WorkEvent;
import jakarta.resource.spi.work.WorkException;
import jakarta.resource.spi.work.WorkManager;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.smtpinflow.rar.container.CallerContext;
import org.smtpinflow.rar.container.Container;
import org.smtpinflow.rar.container.ContextClassLoader;
import org.smtpinflow.smtp.protocol.Reply;

/**
 * Starts deliveries as Works: so many at once, so many for each bean. What finds no room waits its
 * turn, but not for long: its sender is told to try again later.
 *
 * <p>The messages that wait are bounded by the sessions, of which each has at most one.
 */
final class Dispatcher {

  private static final Logger LOG = System.getLogger(Dispatcher.class.getName());

  private static final Reply BUSY =
      Reply.of(451, "4.3.2", "Too busy to take the message now, try again later");
  private static final Reply NO_CALLER =
      Reply.of(451, "4.3.2", "Message of an authenticated sender cannot be taken now");

  private final Container container;
  private final WorkManager workManager;
  private final Executor starter;
  private final Timer timer;
  private final Duration patience;
  private final int maxDeliveries;
  private final Semaphore room;

  /** In order of arrival, which is that of the deadlines too. Guarded by itself. */
  private final Deque<Job> waiting = new ArrayDeque<>();

  /**
   * Makes a dispatcher.
   *
   * @param starter calls the work manager, which may block its caller
   * @param timer looks after those that wait
   * @param maxDeliveries how many there may be at once
   * @param patience how long one waits
   */
  Dispatcher(
      Container container,
      WorkManager workManager,
      Executor starter,
      Timer timer,
      int maxDeliveries,
      Duration patience) {
    this.container = container;
    this.workManager = workManager;
    this.starter =
        task -> starter.execute(() -> ContextClassLoader.runForSubmission(workManager, task));
    this.timer = timer;
    this.patience = patience;
    this.maxDeliveries = maxDeliveries;
    this.room = new Semaphore(maxDeliveries);
  }

  /** Has a delivery run when there is room for it. Does not block. */
  CompletionStage<Reply> submit(Delivery delivery, List<MailEndpoint> endpoints) {
    Job job = new Job(delivery, endpoints, System.nanoTime() + patience.toNanos());
    synchronized (waiting) {
      if (!job.tryAcquire()) {
        if (job.isHopeless()) {
          return CompletableFuture.completedStage(Delivery.NO_BEAN);
        }
        waiting.add(job);
        if (waiting.size() == 1) {
          watch(job);
        }
        return job.reply;
      }
    }
    start(job);
    return job.reply;
  }

  private void start(Job job) {
    try {
      starter.execute(() -> schedule(job));
    } catch (RejectedExecutionException e) {
      if (job.claim()) {
        job.end(Delivery.NO_BEAN);
      }
    }
  }

  private void schedule(Job job) {
    try {
      workManager.scheduleWork(job, WorkManager.INDEFINITE, null, job.listener());
    } catch (WorkException | RuntimeException e) {
      // Some servers throw what they like when they are about to stop; the sender must get an
      // answer.
      reject(job, e);
    }
  }

  /** Says what a delivery that the server did not run comes to; it may say so more than once. */
  private static void reject(Job job, Exception cause) {
    if (job.claim()) {
      LOG.log(
          Level.WARNING,
          "the server's work manager ran no delivery: {0}, because of {1}",
          cause,
          Delivery.deepest(cause));
      job.end(job.caller.isPresent() ? NO_CALLER : BUSY);
    }
  }

  private void startNext() {
    List<Job> next = new ArrayList<>(1);
    synchronized (waiting) {
      for (Iterator<Job> i = waiting.iterator(); i.hasNext() && room.availablePermits() > 0; ) {
        Job job = i.next();
        if (job.tryAcquire()) {
          i.remove();
          next.add(job);
        }
      }
      waiting.notifyAll();
    }
    next.forEach(this::start);
  }

  /** Looks after the queue when its first job's time is over. */
  private void watch(Job first) {
    TimerTask sweep =
        new TimerTask() {
          @Override
          public void run() {
            sweep();
          }
        };
    try {
      timer.schedule(sweep, Math.max(0, first.millisLeft()));
    } catch (IllegalStateException e) {
      // The timer was cancelled: the adapter stops, and its deliveries end without it.
      LOG.log(Level.DEBUG, "no watch over waiting messages any more");
    }
  }

  private void sweep() {
    List<Job> late = new ArrayList<>();
    synchronized (waiting) {
      while (!waiting.isEmpty() && waiting.peek().millisLeft() <= 0) {
        late.add(waiting.remove());
      }
      if (!waiting.isEmpty()) {
        watch(waiting.peek());
      }
    }
    late.forEach(job -> job.reply.complete(BUSY));
  }

  /** Lets no message wait any longer for a bean that has been closed. */
  void failClosed() {
    List<Job> hopeless = new ArrayList<>();
    synchronized (waiting) {
      for (Iterator<Job> i = waiting.iterator(); i.hasNext(); ) {
        Job job = i.next();
        if (job.isHopeless()) {
          i.remove();
          hopeless.add(job);
        }
      }
    }
    hopeless.forEach(job -> job.reply.complete(Delivery.NO_BEAN));
  }

  int underWay() {
    return maxDeliveries - room.availablePermits();
  }

  int waiting() {
    synchronized (waiting) {
      return waiting.size();
    }
  }

  /**
   * Waits until no delivery is under way and none waits.
   *
   * @return whether that was so in time
   */
  boolean awaitIdle(Duration patience) {
    long deadline = System.nanoTime() + patience.toNanos();
    synchronized (waiting) {
      try {
        while (underWay() > 0 || !waiting.isEmpty()) {
          long left = deadline - System.nanoTime();
          if (left <= 0) {
            return false;
          }
          // A part of a millisecond would be 0 milliseconds, which do not end.
          TimeUnit.NANOSECONDS.timedWait(waiting, Math.max(left, 1_000_000));
        }
        return true;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }
  }

  /** A delivery on its way to, or on, a thread of the server. */
  private final class Job implements Work, WorkContextProvider {

    private static final long serialVersionUID = 1L;

    private final transient Delivery delivery;
    private final transient List<MailEndpoint> endpoints;
    private final long deadline;

    /** Empty for a sender that did not authenticate: a Work without a caller is anonymous. */
    private final transient Optional<CallerContext> caller;

    private final transient CompletableFuture<Reply> reply = new CompletableFuture<>();
    private final AtomicBoolean claimed = new AtomicBoolean();

    Job(Delivery delivery, List<MailEndpoint> endpoints, long deadline) {
      this.delivery = delivery;
      this.endpoints = endpoints;
      this.deadline = deadline;
      this.caller = delivery.caller().map(sender -> new CallerContext(container, sender));
    }

    @Override
    public List<WorkContext> getWorkContexts() {
      return caller.<List<WorkContext>>map(List::of).orElse(List.of());
    }

    long millisLeft() {
      return Duration.ofNanos(deadline - System.nanoTime()).toMillis();
    }

    /** Takes all the permits that the delivery needs, or none. */
    boolean tryAcquire() {
      if (!room.tryAcquire()) {
        return false;
      }
      for (int i = 0; i < endpoints.size(); i++) {
        if (!endpoints.get(i).tryAcquire()) {
          room.release();
          endpoints.subList(0, i).forEach(MailEndpoint::release);
          return false;
        }
      }
      return true;
    }

    /** Says whether the caller of this method is the one that decides what comes of the job. */
    boolean claim() {
      return claimed.compareAndSet(false, true);
    }

    @Override
    public void run() {
      if (!claim()) {
        return;
      }
      if (caller.isPresent() && !caller.get().isEstablished()) {
        LOG.log(
            Level.ERROR, "the server did not ask who the caller of a delivery is; none is made");
        end(NO_CALLER);
        return;
      }
      ContextClassLoader.runWith(Dispatcher.class.getClassLoader(), this::deliver);
    }

    private void deliver() {
      Reply outcome = Delivery.TRY_AGAIN;
      try {
        outcome = delivery.deliver();
      } finally {
        end(outcome);
      }
    }

    boolean isHopeless() {
      return endpoints.stream().anyMatch(MailEndpoint::isClosed);
    }

    /** Gives the permits back, then answers; the order lets the answer's reader submit again. */
    void end(Reply outcome) {
      room.release();
      endpoints.forEach(MailEndpoint::release);
      reply.complete(outcome);
      startNext();
    }

    WorkAdapter listener() {
      return new WorkAdapter() {
        @Override
        public void workRejected(WorkEvent event) {
          reject(Job.this, event.getException());
        }

        /** What could not be given its caller is completed without having run. */
        @Override
        public void workCompleted(WorkEvent event) {
          reject(Job.this, event.getException());
        }
      };
    }

    /** {@inheritDoc} The server wants its thread back; the bean alone knows how to end early. */
    @Override
    public void release() {}
  }
}
