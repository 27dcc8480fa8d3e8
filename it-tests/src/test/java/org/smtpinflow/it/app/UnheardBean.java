// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.it.app;

import jakarta.annotation.Resource;
import jakarta.ejb.ActivationConfigProperty;
import jakarta.ejb.MessageDriven;
import javax.sql.DataSource;
import org.smtpinflow.api.Mail;
import org.smtpinflow.api.MailListener;

/** Names a listener that there is not. */
@MessageDriven(
    activationConfig = {
      @ActivationConfigProperty(propertyName = "recipients", propertyValue = "*@unheard.example"),
      @ActivationConfigProperty(propertyName = "listeners", propertyValue = "smtp, telnet")
    })
public class UnheardBean implements MailListener {

  @Resource private DataSource database;

  @Override
  public void onMail(Mail mail) {
    new Notebook(database).note("UnheardBean", mail);
  }
}
