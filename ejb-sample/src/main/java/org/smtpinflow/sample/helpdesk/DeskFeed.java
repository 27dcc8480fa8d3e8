// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.sample.helpdesk;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * Tells subscribers what came in, after its transaction has committed.
 *
 * <p>The web tier subscribes here and does not observe the CDI event itself, because an EJB module
 * need not see the observers of a WAR in the same EAR.
 */
@ApplicationScoped
public class DeskFeed {

  private final List<Consumer<DeskUpdate>> subscribers = new CopyOnWriteArrayList<>();

  /**
   * Adds a subscriber.
   *
   * @param subscriber called on the thread that delivers the mail, before the sender gets its
   *     reply: it must return at once and throw nothing
   */
  public void subscribe(Consumer<DeskUpdate> subscriber) {
    subscribers.add(subscriber);
  }

  /** Removes a subscriber; one that is not there is ignored. */
  public void unsubscribe(Consumer<DeskUpdate> subscriber) {
    subscribers.remove(subscriber);
  }

  void onUpdate(@Observes(during = TransactionPhase.AFTER_SUCCESS) DeskUpdate update) {
    subscribers.forEach(subscriber -> subscriber.accept(update));
  }
}
