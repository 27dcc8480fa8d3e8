// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.it.app;

import jakarta.annotation.Resource;
import jakarta.ejb.ActivationConfigProperty;
import jakarta.ejb.EJBException;
import jakarta.ejb.MessageDriven;
import jakarta.mail.MessagingException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.smtpinflow.api.EnhancedStatusCode;
import org.smtpinflow.api.Mail;
import org.smtpinflow.api.MailDeferredException;
import org.smtpinflow.api.MailListener;

/** Takes each mail at the second attempt. */
@MessageDriven(
    activationConfig =
        @ActivationConfigProperty(propertyName = "recipients", propertyValue = "*@defer.example"))
public class DeferringBean implements MailListener {

  private static final Set<String> DEFERRED = ConcurrentHashMap.newKeySet();

  @Resource private DataSource database;

  @Override
  public void onMail(Mail mail) throws MailDeferredException {
    new Notebook(database).note("DeferringBean", mail);
    try {
      if (DEFERRED.add(mail.mimeMessage().getMessageID())) {
        throw new MailDeferredException(
            450, EnhancedStatusCode.parse("4.2.1"), "The bean is not ready yet");
      }
    } catch (MessagingException e) {
      throw new EJBException(e);
    }
  }
}
