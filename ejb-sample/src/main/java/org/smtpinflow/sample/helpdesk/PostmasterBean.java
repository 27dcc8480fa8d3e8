// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.sample.helpdesk;

import jakarta.ejb.ActivationConfigProperty;
import jakarta.ejb.MessageDriven;
import jakarta.inject.Inject;
import org.smtpinflow.api.Mail;
import org.smtpinflow.api.MailListener;

/**
 * Keeps mail to the postmaster as notes. Every SMTP server must accept such mail (RFC 5321, section
 * 4.5.1).
 */
@MessageDriven(
    activationConfig =
        @ActivationConfigProperty(propertyName = "recipients", propertyValue = "postmaster"))
public class PostmasterBean implements MailListener {

  @Inject private HelpDesk helpDesk;

  @Override
  public void onMail(Mail mail) {
    helpDesk.note(mail);
  }
}
