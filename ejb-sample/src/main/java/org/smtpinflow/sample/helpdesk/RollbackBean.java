// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.sample.helpdesk;

import jakarta.annotation.Resource;
import jakarta.ejb.ActivationConfigProperty;
import jakarta.ejb.MessageDriven;
import jakarta.ejb.MessageDrivenContext;
import jakarta.inject.Inject;
import org.smtpinflow.api.Mail;
import org.smtpinflow.api.MailListener;

/**
 * Shows a silent rollback: files a ticket, marks the transaction for rollback, and returns
 * normally. The sender gets {@code 451}, and there is no ticket.
 */
@MessageDriven(
    activationConfig =
        @ActivationConfigProperty(
            propertyName = "recipients",
            propertyValue = "rollback@example.com"))
public class RollbackBean implements MailListener {

  @Resource private MessageDrivenContext context;
  @Inject private HelpDesk helpDesk;

  @Override
  public void onMail(Mail mail) {
    helpDesk.file(mail);
    context.setRollbackOnly();
  }
}
