// SPDX-License-Identifier: Apache-2.0
package shop;

import jakarta.ejb.ActivationConfigProperty;
import jakarta.ejb.MessageDriven;
import org.smtpinflow.api.Mail;
import org.smtpinflow.api.MailListener;

@MessageDriven(
    activationConfig =
        @ActivationConfigProperty(propertyName = "recipients", propertyValue = "support@example.com"))
public class SupportBean implements MailListener {

  private static final System.Logger LOG = System.getLogger("shop");

  @Override
  public void onMail(Mail mail) {
    LOG.log(System.Logger.Level.INFO, "mail from {0}, {1} octets", mail.envelope().reversePath(), mail.size());
  }
}
