// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.it.app;

import jakarta.annotation.Resource;
import jakarta.ejb.ActivationConfigProperty;
import jakarta.ejb.MessageDriven;
import javax.sql.DataSource;
import org.smtpinflow.api.Mail;
import org.smtpinflow.api.MailListener;

/** Writes each mail down, and no more. */
@MessageDriven(
    activationConfig =
        @ActivationConfigProperty(propertyName = "recipients", propertyValue = "*@store.example"))
public class StoringBean implements MailListener {

  @Resource private DataSource database;

  @Override
  public void onMail(Mail mail) {
    new Notebook(database).note("StoringBean", mail);
  }
}
