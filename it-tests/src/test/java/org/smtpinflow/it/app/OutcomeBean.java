// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.it.app;

import jakarta.annotation.Resource;
import jakarta.ejb.ActivationConfigProperty;
import jakarta.ejb.MessageDriven;
import jakarta.ejb.MessageDrivenContext;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.RollbackException;
import jakarta.transaction.SystemException;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.io.IOException;
import javax.sql.DataSource;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import org.smtpinflow.api.EnhancedStatusCode;
import org.smtpinflow.api.Mail;
import org.smtpinflow.api.MailDeferredException;
import org.smtpinflow.api.MailListener;
import org.smtpinflow.api.MailRefusedException;
import org.smtpinflow.api.MailRejectedException;

/** Writes each mail down, then ends as the local part of its recipient says. */
@MessageDriven(
    activationConfig =
        @ActivationConfigProperty(propertyName = "recipients", propertyValue = "*@outcome.example"))
public class OutcomeBean implements MailListener {

  /** What only the log may say. */
  public static final String SECRET = "the password is hunter2";

  @Resource private DataSource database;
  @Resource private MessageDrivenContext context;

  @Resource(lookup = "java:comp/TransactionSynchronizationRegistry")
  private TransactionSynchronizationRegistry registry;

  @PersistenceContext private EntityManager entities;

  @Override
  public void onMail(Mail mail) throws MailRefusedException {
    new Notebook(database).note("OutcomeBean", mail);
    String wanted = mail.envelope().recipients().get(0).path().localPart();
    switch (wanted) {
      case "commit" -> {}
      case "write-at-commit" -> entities.persist(new UniqueName("once"));
      case "two-phases" -> enlist(new FailingResource(XAResource.XA_OK, XAResource.XA_OK));
      case "reject" -> throw new MailRejectedException("Not for us");
      case "reject-554" ->
          throw new MailRejectedException(
              554, EnhancedStatusCode.parse("5.7.1"), "Policy says no\nSee our page\u0007");
      case "reject-with-cause" ->
          throw new MailRejectedException(
              550, EnhancedStatusCode.parse("5.6.0"), "Cannot be read", new IOException(SECRET));
      case "defer" -> throw new MailDeferredException("Come back in an hour");
      case "defer-450" ->
          throw new MailDeferredException(
              450, EnhancedStatusCode.parse("4.2.1"), "Mailbox is being moved");
      case "rollback" -> context.setRollbackOnly();
      case "runtime" -> throw new IllegalStateException(SECRET);
      case "error" -> throw new StackOverflowError(SECRET);
      case "checked" -> throw OutcomeBean.<RuntimeException>undeclared(new IOException(SECRET));
      case "failing-synchronization" ->
          registry.registerInterposedSynchronization(new FailingSynchronization());
      case "constraint" -> violateConstraintAtCommit();
      case "failing-prepare" ->
          enlist(new FailingResource(XAException.XA_RBROLLBACK, XAResource.XA_OK));
      case "heuristic-rollback" ->
          enlist(new FailingResource(XAResource.XA_OK, XAException.XA_HEURRB));
      default -> throw new IllegalArgumentException("no outcome '" + wanted + "'");
    }
  }

  /** Both entities have the same unique name; Hibernate inserts them when it is flushed. */
  private void violateConstraintAtCommit() {
    entities.persist(new UniqueName("same"));
    entities.persist(new UniqueName("same"));
  }

  private void enlist(XAResource resource) {
    try {
      ServerTransactions.manager().getTransaction().enlistResource(resource);
    } catch (RollbackException | SystemException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Throws a checked exception that no clause declares, as code in other JVM languages can. */
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <E extends Throwable> E undeclared(Throwable failure) throws E {
    throw (E) failure;
  }
}
