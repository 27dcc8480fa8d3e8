// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.it.app;

import jakarta.ejb.ActivationConfigProperty;
import jakarta.ejb.MessageDriven;
import org.smtpinflow.api.Mail;
import org.smtpinflow.api.MailListener;
import org.smtpinflow.api.MailRejectedException;

/** Wants no mail. */
@MessageDriven(
    activationConfig =
        @ActivationConfigProperty(propertyName = "recipients", propertyValue = "*@refuse.example"))
public class RefusingBean implements MailListener {

  @Override
  public void onMail(Mail mail) throws MailRejectedException {
    throw new MailRejectedException("Nothing is taken here");
  }
}
