// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.it.app;

import jakarta.annotation.Resource;
import jakarta.ejb.ActivationConfigProperty;
import jakarta.ejb.MessageDriven;
import javax.sql.DataSource;
import org.smtpinflow.api.Mail;
import org.smtpinflow.api.MailListener;

/** Says in words how many messages it takes at once. */
@MessageDriven(
    activationConfig = {
      @ActivationConfigProperty(propertyName = "recipients", propertyValue = "*@uncounted.example"),
      @ActivationConfigProperty(propertyName = "maxConcurrency", propertyValue = "many")
    })
public class UncountedBean implements MailListener {

  @Resource private DataSource database;

  @Override
  public void onMail(Mail mail) {
    new Notebook(database).note("UncountedBean", mail);
  }
}
