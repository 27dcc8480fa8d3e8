// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.rar.inflow;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.smtpinflow.smtp.server.ClientNetwork;

/**
 * The deliveries that hold permits, and those that wait for permits. A delivery needs a permit of
 * the adapter and one of each bean that gets the message; it gets all of them or none.
 *
 * <p>Permits are shared out fairly between client networks. A permit that becomes free goes to the
 * network that holds the fewest, and among several to the one that was served longest ago. So while
 * others wait a network gets no more than its share, however many messages it sends at once; if
 * nobody else waits it may hold all permits. Within a network the first message is first.
 *
 * <p>A delivery whose beans are busy does not hold up deliveries to other beans.
 *
 * <p>Not safe for use by several threads: the {@link Dispatcher} guards it.
 */
final class DeliveryQueue {

  private final int permits;
  private int underWay;
  private int waiting;
  private long turns;

  /** The networks that hold permits or wait for some, in the order in which they came. */
  private final Map<ClientNetwork, Share> shares = new LinkedHashMap<>();

  /** The permits that a client network holds, and its deliveries that wait. */
  private static final class Share {

    private final Deque<DeliveryWork> waiting = new ArrayDeque<>();
    private int held;

    /** The turn in which it got its last permit; 0 if it got none. */
    private long lastServed;

    int held() {
      return held;
    }

    long lastServed() {
      return lastServed;
    }
  }

  /**
   * Makes an empty queue.
   *
   * @param permits how many deliveries may be under way at once
   */
  DeliveryQueue(int permits) {
    this.permits = permits;
  }

  int underWay() {
    return underWay;
  }

  int waiting() {
    return waiting;
  }

  boolean isIdle() {
    return underWay == 0 && waiting == 0;
  }

  /**
   * Gives a delivery its permits, or has it wait for them.
   *
   * @return whether it has the permits
   */
  boolean add(DeliveryWork work) {
    Share share = shares.computeIfAbsent(work.network(), none -> new Share());
    // If others wait for permits of the same beans, none is free: so it takes nobody's turn.
    if (tryAcquire(work, share)) {
      return true;
    }
    share.waiting.add(work);
    waiting++;
    return false;
  }

  /**
   * Removes a delivery that waits.
   *
   * @return false if it does not wait, as it holds permits
   */
  boolean removeWaiting(DeliveryWork work) {
    Share share = shares.get(work.network());
    if (!share.waiting.remove(work)) {
      return false;
    }
    waiting--;
    forgetIfIdle(work.network(), share);
    return true;
  }

  /** Takes back the permits of a delivery. */
  void release(DeliveryWork work) {
    Share share = shares.get(work.network());
    share.held--;
    underWay--;
    work.beans().forEach(MailEndpoint::release);
    forgetIfIdle(work.network(), share);
  }

  private void forgetIfIdle(ClientNetwork network, Share share) {
    if (share.held == 0 && share.waiting.isEmpty()) {
      shares.remove(network);
    }
  }

  /** Gives the permits that are free to deliveries that wait, and returns these deliveries. */
  List<DeliveryWork> startable() {
    List<DeliveryWork> next = new ArrayList<>(1);
    // Beans without a permit, which get none back in the meantime: trying them once is enough.
    Set<List<MailEndpoint>> busy = new HashSet<>();
    Optional<DeliveryWork> work = next(busy);
    for (; work.isPresent(); work = next(busy)) {
      next.add(work.get());
    }
    return next;
  }

  private Optional<DeliveryWork> next(Set<List<MailEndpoint>> busy) {
    if (waiting == 0 || underWay == permits) {
      return Optional.empty();
    }
    return shares.values().stream()
        .filter(share -> !share.waiting.isEmpty())
        .sorted(Comparator.comparingInt(Share::held).thenComparingLong(Share::lastServed))
        .flatMap(share -> next(share, busy).stream())
        .findFirst();
  }

  private Optional<DeliveryWork> next(Share share, Set<List<MailEndpoint>> busy) {
    for (Iterator<DeliveryWork> i = share.waiting.iterator(); i.hasNext(); ) {
      DeliveryWork work = i.next();
      // A delivery that is claimed is about to be removed.
      if (!work.isClaimed() && !busy.contains(work.beans())) {
        if (tryAcquire(work, share)) {
          i.remove();
          waiting--;
          return Optional.of(work);
        }
        busy.add(work.beans());
      }
    }
    return Optional.empty();
  }

  private boolean tryAcquire(DeliveryWork work, Share share) {
    if (underWay == permits) {
      return false;
    }
    List<MailEndpoint> beans = work.beans();
    for (int i = 0; i < beans.size(); i++) {
      if (!beans.get(i).tryAcquire()) {
        beans.subList(0, i).forEach(MailEndpoint::release);
        return false;
      }
    }
    underWay++;
    share.held++;
    turns++;
    share.lastServed = turns;
    return true;
  }
}
