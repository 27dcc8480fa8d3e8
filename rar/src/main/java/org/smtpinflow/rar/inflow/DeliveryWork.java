// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.rar.inflow;

import jakarta.resource.spi.work.Work;
import jakarta.resource.spi.work.WorkContext;
import jakarta.resource.spi.work.WorkContextProvider;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.smtpinflow.rar.container.CallerContext;
import org.smtpinflow.rar.container.Container;
import org.smtpinflow.rar.container.ContextClassLoader;
import org.smtpinflow.smtp.protocol.Reply;
import org.smtpinflow.smtp.server.ClientNetwork;

/**
 * A delivery as the Work that a thread of the container runs.
 *
 * <p>Several parties may decide its outcome: the container's thread, which begins it; the session,
 * which withdraws it; the timer, when it has waited too long; the work manager, which rejects it.
 * The first one to {@link #claim} it decides, so that a delivery whose sender got an answer never
 * begins.
 */
final class DeliveryWork implements Work, WorkContextProvider, PendingDelivery {

  private static final long serialVersionUID = 1L;

  private static final Logger LOG = System.getLogger(DeliveryWork.class.getName());

  private final transient Delivery delivery;
  private final transient ClientNetwork network;
  private final transient Dispatcher dispatcher;
  private final long deadline;

  /** Empty for a sender that did not authenticate: a Work without a caller is anonymous. */
  private final transient Optional<CallerContext> caller;

  private final transient CompletableFuture<Reply> reply = new CompletableFuture<>();
  private final AtomicBoolean claimed = new AtomicBoolean();

  /**
   * Makes a Work that nobody has claimed.
   *
   * @param deadline the time by which it must have begun; see {@link System#nanoTime}
   */
  DeliveryWork(Container container, Delivery delivery, long deadline, Dispatcher dispatcher) {
    this.delivery = delivery;
    this.network = ClientNetwork.of(delivery.client().remoteAddress().getAddress());
    this.caller = delivery.client().identity().map(sender -> new CallerContext(container, sender));
    this.deadline = deadline;
    this.dispatcher = dispatcher;
  }

  /** Returns the beans that get the message: the delivery needs a permit of each. */
  List<MailEndpoint> beans() {
    return delivery.beans();
  }

  /** Returns the network that the message came from. */
  ClientNetwork network() {
    return network;
  }

  long deadline() {
    return deadline;
  }

  boolean hasCaller() {
    return caller.isPresent();
  }

  /** Claims the decision on the delivery. Returns true only to the first caller. */
  boolean claim() {
    return claimed.compareAndSet(false, true);
  }

  boolean isClaimed() {
    return claimed.get();
  }

  /** Completes the stage of {@link #reply}. */
  void answer(Reply outcome) {
    reply.complete(outcome);
  }

  @Override
  public CompletionStage<Reply> reply() {
    return reply;
  }

  @Override
  public void withdraw() {
    dispatcher.abandon(this, AdapterReply.BUSY.reply());
  }

  @Override
  public List<WorkContext> getWorkContexts() {
    return caller.<List<WorkContext>>map(List::of).orElse(List.of());
  }

  /** Delivers, unless the sender has its answer. */
  @Override
  public void run() {
    if (!claim()) {
      return;
    }
    if (caller.isPresent() && !caller.get().isEstablished()) {
      LOG.log(
          Level.ERROR,
          "the application server did not ask for the caller of a delivery: nothing is delivered");
      dispatcher.end(this, AdapterReply.NO_CALLER.reply());
      return;
    }
    ContextClassLoader.runWith(DeliveryWork.class.getClassLoader(), this::deliver);
  }

  private void deliver() {
    Reply outcome = AdapterReply.FAILED.reply();
    try {
      outcome = delivery.deliver();
    } finally {
      dispatcher.end(this, outcome);
    }
  }

  /** {@inheritDoc} Only the bean can end early, so this does nothing. */
  @Override
  public void release() {}
}
