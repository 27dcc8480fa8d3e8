// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.it.app;

import jakarta.annotation.Resource;
import jakarta.ejb.ActivationConfigProperty;
import jakarta.ejb.EJBException;
import jakarta.ejb.MessageDriven;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.transaction.HeuristicMixedException;
import jakarta.transaction.HeuristicRollbackException;
import jakarta.transaction.NotSupportedException;
import jakarta.transaction.RollbackException;
import jakarta.transaction.SystemException;
import jakarta.transaction.UserTransaction;
import javax.sql.DataSource;
import org.smtpinflow.api.Mail;
import org.smtpinflow.api.MailListener;

/** Demarcates its transaction itself. */
@MessageDriven(
    activationConfig =
        @ActivationConfigProperty(propertyName = "recipients", propertyValue = "own+*@fan.example"))
@TransactionManagement(TransactionManagementType.BEAN)
public class BeanManagedBean implements MailListener {

  @Resource private DataSource database;
  @Resource private UserTransaction transaction;

  @Override
  public void onMail(Mail mail) {
    try {
      transaction.begin();
      new Notebook(database).note("BeanManagedBean", mail);
      if (mail.envelope().recipients().get(0).path().localPart().equals("own+commit")) {
        transaction.commit();
      } else {
        transaction.rollback();
        throw new IllegalStateException("rolled back by the bean");
      }
    } catch (NotSupportedException
        | SystemException
        | RollbackException
        | HeuristicMixedException
        | HeuristicRollbackException e) {
      throw new EJBException(e);
    }
  }
}
