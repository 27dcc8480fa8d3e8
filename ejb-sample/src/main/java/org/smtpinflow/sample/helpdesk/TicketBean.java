// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.sample.helpdesk;

import jakarta.ejb.ActivationConfigProperty;
import jakarta.ejb.MessageDriven;
import jakarta.inject.Inject;
import org.smtpinflow.api.Mail;
import org.smtpinflow.api.MailListener;

/**
 * Turns mail to {@code support@example.com} into tickets, and files mail to {@code
 * support+<id>@example.com} with the ticket of that id.
 *
 * <p>The sender hears {@code 250} after the ticket has been committed, and not before.
 */
@MessageDriven(
    activationConfig =
        @ActivationConfigProperty(
            propertyName = "recipients",
            propertyValue = "support@example.com, support+*@example.com"))
public class TicketBean implements MailListener {

  @Inject private HelpDesk helpDesk;

  @Override
  public void onMail(Mail mail) {
    helpDesk.file(mail);
  }
}
