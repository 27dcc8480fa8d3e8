// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.it.app;

import jakarta.annotation.Resource;
import jakarta.ejb.ActivationConfigProperty;
import jakarta.ejb.MessageDriven;
import jakarta.ejb.MessageDrivenContext;
import javax.sql.DataSource;
import org.smtpinflow.api.Mail;
import org.smtpinflow.api.MailListener;
import org.smtpinflow.api.MailRefusedException;

/** One of several beans that take the same mail. */
@MessageDriven(
    activationConfig =
        @ActivationConfigProperty(
            propertyName = "recipients",
            propertyValue = "first@fan.example, both+*@fan.example, mixed+*@fan.example"))
public class FirstBean implements MailListener {

  @Resource private DataSource database;
  @Resource private MessageDrivenContext context;

  @Override
  public void onMail(Mail mail) throws MailRefusedException {
    new Ensemble(database, context).take("FirstBean", mail);
  }
}
