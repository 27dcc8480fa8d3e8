// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.rar.inflow;

import jakarta.resource.spi.UnavailableException;
import jakarta.resource.spi.endpoint.MessageEndpoint;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.smtpinflow.api.Client;
import org.smtpinflow.rar.container.Transactions;
import org.smtpinflow.smtp.protocol.ReceivedMail;
import org.smtpinflow.smtp.protocol.Reply;

/**
 * The delivery of one message to its beans, to all of them or to none: the beans are called in one
 * JTA transaction, whose outcome is the reply.
 *
 * <p>The first endpoint leads: its {@code beforeDelivery} begins the transaction and its {@code
 * afterDelivery} ends it. The calls of the other beans stand in between and join. A bean without a
 * transaction is called last, as its work cannot be undone.
 */
final class Delivery {

  private static final Logger LOG = System.getLogger(Delivery.class.getName());

  private final ReceivedMail mail;
  private final List<BeanRecipients> shares;
  private final List<MailEndpoint> beans;
  private final Transactions transactions;

  /**
   * Prepares a delivery.
   *
   * @param shares what each bean gets of the message; at least one
   */
  Delivery(ReceivedMail mail, List<BeanRecipients> shares, Transactions transactions) {
    this.mail = mail;
    this.shares = new ArrayList<>(shares);
    this.shares.sort(Comparator.comparing(share -> !share.endpoint().isTransacted()));
    this.beans = this.shares.stream().map(BeanRecipients::endpoint).toList();
    this.transactions = transactions;
  }

  /** Returns who sent the message; the beans are called as its identity. */
  Client client() {
    return mail.client();
  }

  /** Returns the beans, in the order of their calls. */
  List<MailEndpoint> beans() {
    return beans;
  }

  /** Delivers, on the calling thread, and returns the reply. */
  Reply deliver() {
    for (BeanRecipients share : shares) {
      MethodPermission permission = share.endpoint().permission();
      if (!permission.allows(client().identity())) {
        return new BeanCall(mail, share).notAuthorized("it is for " + permission);
      }
    }
    return deliverToAll();
  }

  private Reply deliverToAll() {
    List<MessageEndpoint> endpoints = new ArrayList<>(beans.size());
    try {
      for (MailEndpoint bean : beans) {
        endpoints.add(bean.factory().createEndpoint(null));
      }
      return isTransacted()
          ? deliverInTransaction(endpoints)
          : callAll(endpoints, Optional.empty()).orElseGet(this::delivered);
    } catch (UnavailableException e) {
      LOG.log(
          Level.WARNING,
          "message {0}: the application server has no instance of a bean of {1}: {2}",
          mail.id(),
          beans,
          Throwables.inOneLine(e));
      return AdapterReply.NO_BEAN.reply();
    } catch (RuntimeException | Error e) {
      LOG.log(Level.ERROR, "message " + mail.id() + ": delivery failed", e);
      return AdapterReply.FAILED.reply();
    } finally {
      endpoints.forEach(this::release);
    }
  }

  /** Beans in transactions are first. */
  private boolean isTransacted() {
    return beans.get(0).isTransacted();
  }

  /** Work that was committed stays so, whatever the container makes of a released endpoint. */
  private void release(MessageEndpoint endpoint) {
    try {
      endpoint.release();
    } catch (RuntimeException | Error e) {
      LOG.log(Level.WARNING, "message " + mail.id() + ": an endpoint could not be released", e);
    }
  }

  private Reply deliverInTransaction(List<MessageEndpoint> endpoints) {
    DeliveryTransaction transaction =
        new DeliveryTransaction(mail.id(), endpoints.get(0), transactions);
    if (!transaction.begin()) {
      return AdapterReply.NO_BEAN.reply();
    }
    Optional<Reply> refusal = Optional.of(AdapterReply.FAILED.reply());
    try {
      transaction.watch();
      refusal = callAll(endpoints, Optional.of(transaction));
      if (refusal.isEmpty()) {
        transaction.commit();
      }
    } finally {
      if (refusal.isPresent()) {
        transaction.markForRollback();
      }
      transaction.end();
    }
    return refusal.orElseGet(
        () -> transaction.isCommitted() ? delivered() : rolledBack(transaction));
  }

  /**
   * Calls the beans until one fails, or until their transaction is not active any more: no further
   * bean needs to see a message that is going to be rolled back.
   *
   * @return the reply for the bean that failed; empty if none did
   */
  private Optional<Reply> callAll(
      List<MessageEndpoint> endpoints, Optional<DeliveryTransaction> transaction) {
    Optional<Reply> refusal = Optional.empty();
    for (int i = 0; i < endpoints.size() && refusal.isEmpty(); i++) {
      if (i > 0 && transaction.isPresent() && !transaction.get().isActive()) {
        return refusal;
      }
      refusal = new BeanCall(mail, shares.get(i)).call(endpoints.get(i));
    }
    return refusal;
  }

  /** Payara and GlassFish roll back transactions under way when an application is undeployed. */
  private Reply rolledBack(DeliveryTransaction transaction) {
    boolean leaving = beans.stream().anyMatch(MailEndpoint::isLeaving);
    transaction.logRollback(leaving);
    return (leaving ? AdapterReply.NO_BEAN : AdapterReply.FAILED).reply();
  }

  private Reply delivered() {
    return AdapterReply.DELIVERED.about(mail.id());
  }
}
