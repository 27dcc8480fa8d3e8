// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.it.app;

import jakarta.annotation.Resource;
import jakarta.ejb.ActivationConfigProperty;
import jakarta.ejb.MessageDriven;
import javax.sql.DataSource;
import org.smtpinflow.api.Mail;
import org.smtpinflow.api.MailListener;

/** Writes each mail down, then waits until the test lets it go on. Takes two at once. */
@MessageDriven(
    activationConfig = {
      @ActivationConfigProperty(propertyName = "recipients", propertyValue = "held+*@held.example"),
      @ActivationConfigProperty(propertyName = "maxConcurrency", propertyValue = "2")
    })
public class HeldBean implements MailListener {

  @Resource private DataSource database;

  @Override
  public void onMail(Mail mail) {
    new Notebook(database).note("HeldBean", mail);
    Holding.hold(mail);
  }
}
