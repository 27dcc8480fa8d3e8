// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.it.app;

import jakarta.annotation.Resource;
import jakarta.ejb.ActivationConfigProperty;
import jakarta.ejb.MessageDriven;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import javax.sql.DataSource;
import org.smtpinflow.api.Mail;
import org.smtpinflow.api.MailListener;

/** Runs outside any transaction: its writes remain, whatever the outcome for the mail. */
@MessageDriven(
    activationConfig =
        @ActivationConfigProperty(
            propertyName = "recipients",
            propertyValue = "alone+*@fan.example, mixed+*@fan.example"))
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class UntransactedBean implements MailListener {

  @Resource private DataSource database;

  @Override
  public void onMail(Mail mail) {
    new Notebook(database).note("UntransactedBean", mail);
    if (mail.envelope().recipients().get(0).path().localPart().endsWith("+untransacted-fails")) {
      throw new IllegalStateException("the bean without a transaction failed");
    }
  }
}
