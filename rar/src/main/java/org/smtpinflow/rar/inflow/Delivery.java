// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.rar.inflow;

import jakarta.ejb.AccessLocalException;
import jakarta.ejb.EJBAccessException;
import jakarta.ejb.EJBException;
import jakarta.resource.ResourceException;
import jakarta.resource.spi.UnavailableException;
import jakarta.resource.spi.endpoint.MessageEndpoint;
import jakarta.transaction.HeuristicMixedException;
import jakarta.transaction.HeuristicRollbackException;
import jakarta.transaction.RollbackException;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.SystemException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.smtpinflow.api.Client;
import org.smtpinflow.api.MailListener;
import org.smtpinflow.api.MailRefusedException;
import org.smtpinflow.rar.container.Transactions;
import org.smtpinflow.smtp.protocol.ReceivedMail;
import org.smtpinflow.smtp.protocol.Reply;

/**
 * The delivery of one message to the beans that take it, to all of them or to none: their calls are
 * made in one JTA transaction, whose outcome is the reply.
 *
 * <p>The first endpoint leads: the server begins the transaction in its {@code beforeDelivery} and
 * ends it in its {@code afterDelivery} (Jakarta Connectors 2.1, chapter 13, option B). The calls of
 * the others stand in between and join. A bean that wants no transaction is called last, as it
 * cannot take back what it did.
 */
final class Delivery {

  private static final Logger LOG = System.getLogger(Delivery.class.getName());

  static final Reply TRY_AGAIN =
      Reply.of(451, "4.3.0", "Message could not be processed, try again later");
  static final Reply NO_BEAN =
      Reply.of(451, "4.3.2", "No one here can take the message now, try again later");

  private static final Reply NOT_AUTHORIZED =
      Reply.of(550, "5.7.1", "Not authorized to send to this recipient");

  private final ReceivedMail mail;
  private final List<BeanRecipients> shares;
  private final Transactions transactions;

  /**
   * Prepares a delivery.
   *
   * @param shares what each bean gets of it; at least one
   */
  Delivery(ReceivedMail mail, List<BeanRecipients> shares, Transactions transactions) {
    this.mail = mail;
    this.shares = new ArrayList<>(shares);
    this.shares.sort(Comparator.comparing(share -> !share.endpoint().isTransacted()));
    this.transactions = transactions;
  }

  /** Returns who the beans are to be called as; empty for a client that did not authenticate. */
  Optional<Client.Identity> caller() {
    return mail.client().identity();
  }

  /** Delivers, on the calling thread, and returns the reply. */
  Reply deliver() {
    for (BeanRecipients share : shares) {
      if (!share.endpoint().permission().allows(caller())) {
        return notAuthorized(share, "it is for " + share.endpoint().permission());
      }
    }
    return deliverToAll();
  }

  private Reply deliverToAll() {
    List<MessageEndpoint> endpoints = new ArrayList<>(shares.size());
    try {
      for (BeanRecipients share : shares) {
        endpoints.add(share.endpoint().factory().createEndpoint(null));
      }
      return shares.get(0).endpoint().isTransacted()
          ? deliverInTransaction(endpoints)
          : callAll(endpoints).orElseGet(this::accepted);
    } catch (UnavailableException e) {
      LOG.log(
          Level.WARNING, "message {0}: the server has no instance of a bean: {1}", mail.id(), e);
      return NO_BEAN;
    } catch (RuntimeException | Error e) {
      LOG.log(Level.ERROR, "message " + mail.id() + ": delivery failed", e);
      return TRY_AGAIN;
    } finally {
      endpoints.forEach(this::release);
    }
  }

  /** What has been committed stays so, whatever a server makes of a released endpoint. */
  private void release(MessageEndpoint endpoint) {
    try {
      endpoint.release();
    } catch (RuntimeException | Error e) {
      LOG.log(Level.WARNING, "message " + mail.id() + ": an endpoint could not be released", e);
    }
  }

  private Reply deliverInTransaction(List<MessageEndpoint> endpoints) {
    MessageEndpoint leader = endpoints.get(0);
    try {
      leader.beforeDelivery(MailEndpoint.ON_MAIL);
    } catch (NoSuchMethodException | ResourceException | EJBException e) {
      // Payara and GlassFish say by an EJBException that the bean has been undeployed.
      LOG.log(Level.WARNING, "message {0}: the server began no transaction: {1}", mail.id(), e);
      return NO_BEAN;
    }
    Outcome outcome = new Outcome();
    Optional<Reply> refusal = Optional.of(TRY_AGAIN);
    try {
      transactions.register(outcome);
      refusal = callAll(endpoints);
      if (refusal.isEmpty()) {
        commit(outcome);
      }
    } finally {
      if (refusal.isPresent()) {
        markForRollback();
      }
      end(leader, outcome);
    }
    return refusal.orElseGet(() -> outcome.isCommitted() ? accepted() : rolledBack(outcome));
  }

  /** Calls the beans until one fails; returns the reply of that one. */
  private Optional<Reply> callAll(List<MessageEndpoint> endpoints) {
    for (int i = 0; i < endpoints.size(); i++) {
      Optional<Reply> refusal = call(shares.get(i), endpoints.get(i));
      if (refusal.isPresent()) {
        return refusal;
      }
      if (i + 1 < endpoints.size()
          && shares.get(0).endpoint().isTransacted()
          && !transactions.isActive()) {
        // No further bean needs to see a message that is going to be rolled back.
        return Optional.of(TRY_AGAIN);
      }
    }
    return Optional.empty();
  }

  private Optional<Reply> call(BeanRecipients share, MessageEndpoint endpoint) {
    DeliveredMail delivered =
        new DeliveredMail(mail, mail.envelope().withRecipients(share.recipients()));
    try {
      ((MailListener) endpoint).onMail(delivered);
      return Optional.empty();
    } catch (EJBAccessException | AccessLocalException e) {
      // Open Liberty throws the second one, as for a client of a local view of EJB 2. Where the
      // server holds no roles of the bean, and after the bean has seen the mail, it is another bean
      // that lets nobody in: a fault of the bean.
      return Optional.of(
          share.endpoint().permission().isHeldByServer() && !delivered.isSeen()
              ? notAuthorized(share, e.toString())
              : failed(share, delivered, e));
    } catch (Exception | Error e) {
      return Optional.of(
          refusalIn(e).map(this::reply).orElseGet(() -> failed(share, delivered, e)));
    } finally {
      delivered.expire();
    }
  }

  /** Servers wrap what a bean throws, each in exceptions of its own. */
  private static Optional<MailRefusedException> refusalIn(Throwable thrown) {
    return chain(thrown)
        .filter(MailRefusedException.class::isInstance)
        .map(MailRefusedException.class::cast)
        .findFirst();
  }

  /** A throwable and its causes; the bound ends a chain that is a ring. */
  private static Stream<Throwable> chain(Throwable thrown) {
    return Stream.iterate(thrown, Objects::nonNull, Throwable::getCause).limit(50);
  }

  /** Returns what a throwable came of in the end. */
  static Throwable deepest(Throwable thrown) {
    return chain(thrown).reduce((cause, deeper) -> deeper).orElse(thrown);
  }

  /**
   * Says whether an exception comes from the container itself. Its pool has no instance left, or it
   * shuts the bean down, and a server need not say so by an UnavailableException: WildFly throws
   * EJBExceptions of its own out of the call. What a bean throws is the cause of one at most.
   */
  private static boolean isOfContainer(Throwable thrown) {
    return deepest(thrown) instanceof EJBException;
  }

  private Reply reply(MailRefusedException refusal) {
    if (refusal.getCause() != null) {
      LOG.log(Level.DEBUG, "message " + mail.id() + " is refused by a bean", refusal);
    }
    return Reply.of(refusal.replyCode(), refusal.statusCode(), refusal.text());
  }

  /** The bean was not called: its caller is not in a role that the bean lets in. */
  private Reply notAuthorized(BeanRecipients share, String reason) {
    LOG.log(
        Level.INFO,
        "message {0}: the {1} does not let the sender in: {2}",
        mail.id(),
        share.endpoint(),
        reason);
    return NOT_AUTHORIZED;
  }

  private Reply failed(BeanRecipients share, DeliveredMail delivered, Throwable thrown) {
    if (!delivered.isSeen() && isOfContainer(thrown)) {
      LOG.log(
          Level.WARNING,
          "message {0}: the server has no instance of the {1}: {2}",
          mail.id(),
          share.endpoint(),
          thrown.getMessage());
      return NO_BEAN;
    }
    LOG.log(Level.ERROR, "message " + mail.id() + ": the " + share.endpoint() + " failed", thrown);
    return TRY_AGAIN;
  }

  /** Payara and GlassFish roll back what is under way when an application is undeployed. */
  private Reply rolledBack(Outcome outcome) {
    if (!outcome.doubtful) {
      LOG.log(
          Level.WARNING,
          "message {0}: its transaction was rolled back (status {1}); the sender is told to try"
              + " again",
          mail.id(),
          outcome.status);
    }
    return shares.stream().anyMatch(share -> share.endpoint().isLeaving()) ? NO_BEAN : TRY_AGAIN;
  }

  private Reply accepted() {
    return Reply.of(250, "2.0.0", "Message " + mail.id() + " delivered");
  }

  /** A checked exception of a bean alone does not make the server roll back. */
  private void markForRollback() {
    try {
      transactions.markForRollback();
    } catch (RuntimeException e) {
      // It timed out this moment, and is rolled back by that.
      LOG.log(Level.DEBUG, "message " + mail.id() + ": not marked for rollback", e);
    }
  }

  private void commit(Outcome outcome) {
    try {
      transactions.commit();
    } catch (RollbackException
        | HeuristicMixedException
        | HeuristicRollbackException
        | SystemException
        | RuntimeException e) {
      doubt(outcome, e);
    }
  }

  /**
   * What afterDelivery returns says nothing reliable; the synchronization does. An exception of it,
   * or of the commit before it, says that something is wrong: that one resource manager rolled back
   * though the others did not (a heuristic outcome). The sender keeps such a message.
   */
  private void end(MessageEndpoint leader, Outcome outcome) {
    try {
      leader.afterDelivery();
    } catch (ResourceException | RuntimeException e) {
      doubt(outcome, e);
    }
  }

  private void doubt(Outcome outcome, Exception failure) {
    outcome.doubt();
    LOG.log(
        Level.WARNING,
        "message "
            + mail.id()
            + ": its transaction did not commit as a whole; the sender is told to try again",
        failure);
  }

  /** Learns how the transaction ended, which the server tells nowhere else. */
  private static final class Outcome implements Synchronization {

    /** Volatile because a transaction that times out may be ended by another thread. */
    private volatile int status = Status.STATUS_UNKNOWN;

    private boolean doubtful;

    @Override
    public void beforeCompletion() {}

    @Override
    public void afterCompletion(int status) {
      this.status = status;
    }

    /** Says that not all may have been committed, whatever the status is. */
    void doubt() {
      doubtful = true;
    }

    boolean isCommitted() {
      return status == Status.STATUS_COMMITTED && !doubtful;
    }
  }
}
