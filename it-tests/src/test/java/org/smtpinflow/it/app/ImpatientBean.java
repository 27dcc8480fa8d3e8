// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.it.app;

import jakarta.annotation.Resource;
import jakarta.ejb.ActivationConfigProperty;
import jakarta.ejb.MessageDriven;
import jakarta.transaction.Status;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.jboss.ejb3.annotation.TransactionTimeout;
import org.smtpinflow.api.Mail;
import org.smtpinflow.api.MailListener;

/** Its transaction has one second; it takes longer, and returns as if nothing had happened. */
@MessageDriven(
    activationConfig =
        @ActivationConfigProperty(
            propertyName = "recipients",
            propertyValue = "timeout@slow.example"))
@TransactionTimeout(1)
public class ImpatientBean implements MailListener {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @Resource private DataSource database;

  @Resource(lookup = "java:comp/TransactionSynchronizationRegistry")
  private TransactionSynchronizationRegistry registry;

  @Override
  public void onMail(Mail mail) {
    new Notebook(database).note("ImpatientBean", mail);
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (registry.getTransactionStatus() == Status.STATUS_ACTIVE) {
      if (System.nanoTime() - deadline > 0) {
        throw new IllegalStateException("the transaction does not time out");
      }
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }
  }
}
