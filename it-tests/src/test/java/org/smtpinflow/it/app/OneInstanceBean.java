// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.it.app;

import jakarta.annotation.Resource;
import jakarta.ejb.ActivationConfigProperty;
import jakarta.ejb.MessageDriven;
import javax.sql.DataSource;
import org.jboss.ejb3.annotation.Pool;
import org.smtpinflow.api.Mail;
import org.smtpinflow.api.MailListener;

/** Like {@link HeldBean}, but the server's pool has fewer instances than the spec says. */
@MessageDriven(
    activationConfig = {
      @ActivationConfigProperty(propertyName = "recipients", propertyValue = "held+*@one.example"),
      @ActivationConfigProperty(propertyName = "maxConcurrency", propertyValue = "4")
    })
@Pool("one-instance")
public class OneInstanceBean implements MailListener {

  @Resource private DataSource database;

  @Override
  public void onMail(Mail mail) {
    new Notebook(database).note("OneInstanceBean", mail);
    Holding.hold(mail);
  }
}
