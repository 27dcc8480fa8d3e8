// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.it.app;

import jakarta.annotation.Resource;
import jakarta.ejb.ActivationConfigProperty;
import jakarta.ejb.MessageDriven;
import jakarta.ejb.MessageDrivenContext;
import javax.sql.DataSource;
import org.smtpinflow.api.Mail;
import org.smtpinflow.api.MailListener;

/** Writes each mail down, and rolls it back. */
@MessageDriven(
    activationConfig =
        @ActivationConfigProperty(
            propertyName = "recipients",
            propertyValue = "*@rollback.example"))
public class RollingBackBean implements MailListener {

  @Resource private DataSource database;
  @Resource private MessageDrivenContext context;

  @Override
  public void onMail(Mail mail) {
    new Notebook(database).note("RollingBackBean", mail);
    context.setRollbackOnly();
  }
}
