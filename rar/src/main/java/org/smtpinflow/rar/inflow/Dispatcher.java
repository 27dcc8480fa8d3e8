// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.rar.inflow;

import jakarta.resource.spi.work.WorkAdapter;
import jakarta.resource.spi.work.WorkEvent;
import jakarta.resource.spi.work.WorkException;
import jakarta.resource.spi.work.WorkManager;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.Timer;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.smtpinflow.rar.container.Container;
import org.smtpinflow.rar.container.ContextClassLoader;
import org.smtpinflow.smtp.protocol.Reply;

/**
 * Has deliveries run by the work manager when there are permits for them. A delivery that has not
 * begun when its patience ends, because there is no permit or no thread, gets 451 and never begins.
 *
 * <p>A session waits for one message at most, so the sessions bound the deliveries that wait.
 */
final class Dispatcher {

  private static final Logger LOG = System.getLogger(Dispatcher.class.getName());

  private final Container container;
  private final WorkManager workManager;
  private final Executor starter;
  private final Alarm alarm;
  private final Duration patience;
  private final LongSupplier nanoTime;

  /** Guards the fields below. Nothing is called with it that may block or wait for it. */
  private final Object lock = new Object();

  private final DeliveryQueue queue;

  /** The deliveries that are not over and not late, in the order of their deadlines. */
  private final Set<DeliveryWork> pending = new LinkedHashSet<>();

  private boolean closed;

  /**
   * Makes a dispatcher.
   *
   * @param starter calls the work manager, which may block its caller
   * @param timer answers for deliveries whose patience ends
   * @param maxDeliveries how many deliveries may be under way at once
   * @param patience how long after its submission a delivery may begin
   * @param nanoTime the clock; see {@link System#nanoTime}
   */
  Dispatcher(
      Container container,
      WorkManager workManager,
      Executor starter,
      Timer timer,
      int maxDeliveries,
      Duration patience,
      LongSupplier nanoTime) {
    this.container = container;
    this.workManager = workManager;
    this.starter =
        task -> starter.execute(() -> ContextClassLoader.runForSubmission(workManager, task));
    this.alarm = new Alarm(timer, this::sweep);
    this.patience = patience;
    this.nanoTime = nanoTime;
    this.queue = new DeliveryQueue(maxDeliveries);
  }

  /** Has a delivery run as soon as there are permits for it. Does not block. */
  PendingDelivery submit(Delivery delivery) {
    DeliveryWork work =
        new DeliveryWork(container, delivery, nanoTime.getAsLong() + patience.toNanos(), this);
    boolean permitted;
    synchronized (lock) {
      if (closed || isHopeless(work)) {
        return PendingDelivery.answered(AdapterReply.NO_BEAN.reply());
      }
      pending.add(work);
      permitted = queue.add(work);
      setAlarm();
    }
    if (permitted) {
      start(work);
    }
    return work;
  }

  private static boolean isHopeless(DeliveryWork work) {
    return work.beans().stream().anyMatch(MailEndpoint::isClosed);
  }

  private void start(DeliveryWork work) {
    try {
      starter.execute(() -> schedule(work));
    } catch (RejectedExecutionException e) {
      abandon(work, AdapterReply.NO_BEAN.reply());
    }
  }

  /** The work manager may block, for instance WildFly's while it has no thread. */
  private void schedule(DeliveryWork work) {
    if (work.isClaimed()) {
      return;
    }
    try {
      workManager.scheduleWork(work, Math.max(1, millisLeft(work)), null, listener(work));
    } catch (WorkException | RuntimeException e) {
      // Some containers throw other exceptions while they stop; the sender must get an answer.
      reject(work, e);
    }
  }

  private WorkAdapter listener(DeliveryWork work) {
    return new WorkAdapter() {
      @Override
      public void workRejected(WorkEvent event) {
        reject(work, event.getException());
      }

      /** A Work that cannot be given its caller completes without having run. */
      @Override
      public void workCompleted(WorkEvent event) {
        reject(work, event.getException());
      }
    };
  }

  /** Answers for a delivery that the work manager does not run. It may say so more than once. */
  private void reject(DeliveryWork work, Exception cause) {
    boolean late =
        cause instanceof WorkException rejection
            && WorkException.START_TIMED_OUT.equals(rejection.getErrorCode());
    AdapterReply reply = work.hasCaller() && !late ? AdapterReply.NO_CALLER : AdapterReply.BUSY;
    if (abandon(work, reply.reply())) {
      LOG.log(
          Level.WARNING,
          "the application server''s work manager did not run a delivery: {0}, because of {1}",
          cause,
          Throwables.deepest(cause));
    }
  }

  /**
   * Answers for a delivery that has not begun, which then never begins.
   *
   * @return false if it has begun, or has its answer
   */
  boolean abandon(DeliveryWork work, Reply reply) {
    if (!work.claim()) {
      return false;
    }
    end(work, reply);
    return true;
  }

  /** Ends a delivery that the caller has claimed, and starts those that wait for its permits. */
  void end(DeliveryWork work, Reply reply) {
    List<DeliveryWork> next;
    synchronized (lock) {
      pending.remove(work);
      if (!queue.removeWaiting(work)) {
        queue.release(work);
      }
      next = queue.startable();
      lock.notifyAll();
    }
    work.answer(reply);
    next.forEach(this::start);
  }

  /** Answers for the deliveries whose patience has ended. */
  private void sweep() {
    List<DeliveryWork> late = new ArrayList<>();
    synchronized (lock) {
      for (Iterator<DeliveryWork> i = pending.iterator(); i.hasNext(); ) {
        DeliveryWork work = i.next();
        if (millisLeft(work) > 0) {
          break;
        }
        i.remove();
        late.add(work);
      }
      setAlarm();
    }
    late.forEach(work -> abandon(work, AdapterReply.BUSY.reply()));
  }

  private void setAlarm() {
    if (!pending.isEmpty()) {
      // If the timer is cancelled, the adapter stops, and the deliveries end by close().
      boolean unused = alarm.set(Duration.ofMillis(millisLeft(pending.iterator().next())));
    }
  }

  private long millisLeft(DeliveryWork work) {
    return TimeUnit.NANOSECONDS.toMillis(work.deadline() - nanoTime.getAsLong());
  }

  /** Lets no delivery wait any longer for a bean that is closed. */
  void failClosed() {
    dismiss(work -> isHopeless(work));
  }

  /** Answers for all deliveries that have not begun, and takes no more. Idempotent. */
  void close() {
    synchronized (lock) {
      closed = true;
    }
    dismiss(work -> true);
  }

  private void dismiss(Predicate<DeliveryWork> which) {
    List<DeliveryWork> dismissed;
    synchronized (lock) {
      dismissed = pending.stream().filter(which).toList();
    }
    dismissed.forEach(work -> abandon(work, AdapterReply.NO_BEAN.reply()));
  }

  int underWay() {
    synchronized (lock) {
      return queue.underWay();
    }
  }

  int waiting() {
    synchronized (lock) {
      return queue.waiting();
    }
  }

  /**
   * Waits until no delivery is under way and none waits. An interrupt does not shorten the wait; it
   * is put off.
   *
   * @return false if there still are deliveries when the patience ends
   */
  boolean awaitIdle(Duration patience) {
    long deadline = System.nanoTime() + patience.toNanos();
    boolean interrupted = false;
    synchronized (lock) {
      while (!queue.isIdle() && deadline - System.nanoTime() > 0) {
        try {
          // A part of a millisecond would be 0 milliseconds, which do not end.
          TimeUnit.NANOSECONDS.timedWait(lock, Math.max(deadline - System.nanoTime(), 1_000_000));
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
      return queue.isIdle();
    }
  }
}
