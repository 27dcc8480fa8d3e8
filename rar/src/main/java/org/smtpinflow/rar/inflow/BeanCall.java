// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.rar.inflow;

import jakarta.ejb.AccessLocalException;
import jakarta.ejb.EJBAccessException;
import jakarta.ejb.EJBException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.rmi.RemoteException;
import java.util.Optional;
import org.smtpinflow.api.MailListener;
import org.smtpinflow.api.MailRefusedException;
import org.smtpinflow.smtp.protocol.ReceivedMail;
import org.smtpinflow.smtp.protocol.Reply;

/**
 * The call of one bean with a message, and the reply that stands for what the bean, or the
 * container in its place, throws.
 */
final class BeanCall {

  private static final Logger LOG = System.getLogger(BeanCall.class.getName());

  private final ReceivedMail mail;
  private final MailEndpoint bean;
  private final DeliveredMail delivered;

  /** Prepares the call of a bean with its part of a message. */
  BeanCall(ReceivedMail mail, BeanRecipients share) {
    this.mail = mail;
    this.bean = share.endpoint();
    this.delivered = new DeliveredMail(mail, mail.envelope().withRecipients(share.recipients()));
  }

  /**
   * Calls the bean, on the calling thread.
   *
   * @param endpoint the bean's message endpoint, as its factory made it
   * @return empty if the bean returned; otherwise the reply
   */
  Optional<Reply> call(Object endpoint) {
    try {
      ((MailListener) endpoint).onMail(delivered);
      return Optional.empty();
    } catch (EJBAccessException | AccessLocalException e) {
      // Open Liberty throws the second one, as for a client of a local view of EJB 2.
      return Optional.of(isDenialOfContainer() ? notAuthorized(e.toString()) : failed(e));
    } catch (Exception | Error e) {
      return Optional.of(refusalIn(e).map(this::refused).orElseGet(() -> failed(e)));
    } finally {
      delivered.expire();
    }
  }

  /**
   * If the container checks no roles of the bean, or if the bean has seen the mail, then another
   * bean denied access to this one, which is a fault of this bean.
   */
  private boolean isDenialOfContainer() {
    return bean.permission().isCheckedByContainer() && !delivered.isSeen();
  }

  /** Containers wrap the exception of a bean, each in its own exception types. */
  private static Optional<MailRefusedException> refusalIn(Throwable thrown) {
    return Throwables.chain(thrown)
        .filter(MailRefusedException.class::isInstance)
        .map(MailRefusedException.class::cast)
        .findFirst();
  }

  private Reply refused(MailRefusedException refusal) {
    if (refusal.getCause() != null) {
      LOG.log(Level.DEBUG, "message " + mail.id() + " is refused by the " + bean, refusal);
    }
    return Reply.of(refusal.replyCode(), refusal.statusCode(), refusal.text());
  }

  /**
   * Logs that the bean does not allow the sender, and returns the reply. The bean was not called.
   *
   * @param reason for the log
   */
  Reply notAuthorized(String reason) {
    LOG.log(
        Level.INFO, "message {0}: the {1} does not allow the sender: {2}", mail.id(), bean, reason);
    return AdapterReply.NOT_AUTHORIZED.reply();
  }

  private Reply failed(Throwable thrown) {
    if (!delivered.isSeen() && isOfContainer(thrown)) {
      LOG.log(
          Level.WARNING,
          "message {0}: the application server has no instance of the {1}: {2}",
          mail.id(),
          bean,
          Throwables.inOneLine(thrown));
      return AdapterReply.NO_BEAN.reply();
    }
    if (isLoggedByContainer(thrown)) {
      LOG.log(
          Level.ERROR,
          "message {0}: the {1} failed: {2}; the application server has logged the stack trace",
          mail.id(),
          bean,
          Throwables.inOneLine(thrown.getCause()));
    } else {
      LOG.log(Level.ERROR, "message " + mail.id() + ": the " + bean + " failed", thrown);
    }
    return AdapterReply.FAILED.reply();
  }

  /**
   * Returns whether an exception comes from the container and not from the bean. The container's
   * pool has no instance left, or the bean is being shut down. An UnavailableException need not
   * tell: WildFly throws an EJBException out of the call. An exception of the bean is at most the
   * cause of one.
   */
  private static boolean isOfContainer(Throwable thrown) {
    return Throwables.deepest(thrown) instanceof EJBException;
  }

  /**
   * Returns whether an exception is a system exception of the bean, which the container has logged
   * and wrapped (Jakarta Enterprise Beans 4.0 Core, section 9.3). TomEE wraps a checked exception
   * that the bean does not declare, and does not log it.
   */
  private static boolean isLoggedByContainer(Throwable thrown) {
    Throwable cause = thrown.getCause();
    return thrown instanceof EJBException
        && (cause instanceof RuntimeException
            || cause instanceof Error
            || cause instanceof RemoteException);
  }
}
