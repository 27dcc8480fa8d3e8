// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.sample.helpdesk;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * Tells subscribers about updates after their transactions have committed.
 *
 * <p>The web tier subscribes here instead of observing the CDI event, as an EJB module need not see
 * the observers of a WAR in the same EAR.
 */
@ApplicationScoped
public class DeskFeed {

  private final List<Consumer<DeskUpdate>> subscribers = new CopyOnWriteArrayList<>();

  /**
   * Adds a subscriber.
   *
   * @param subscriber called on the thread that delivers the mail, before the sender gets the
   *     reply. It must return at once and must not throw
   */
  public void subscribe(Consumer<DeskUpdate> subscriber) {
    subscribers.add(subscriber);
  }

  /** Removes a subscriber, if it is subscribed. */
  public void unsubscribe(Consumer<DeskUpdate> subscriber) {
    subscribers.remove(subscriber);
  }

  void onUpdate(@Observes(during = TransactionPhase.AFTER_SUCCESS) DeskUpdate update) {
    subscribers.forEach(subscriber -> subscriber.accept(update));
  }
}
