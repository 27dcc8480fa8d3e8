// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.sample.helpdesk;

import jakarta.ejb.ActivationConfigProperty;
import jakarta.ejb.MessageDriven;
import jakarta.inject.Inject;
import org.smtpinflow.api.Mail;
import org.smtpinflow.api.MailListener;

/**
 * Keeps a copy of all mail to the desk, apart from the tickets.
 *
 * <p>It takes the same recipients as {@link TicketBean}. Both beans get a mail in one transaction,
 * so there is never a ticket without a copy in the archive, or a copy without a ticket.
 */
@MessageDriven(
    activationConfig =
        @ActivationConfigProperty(
            propertyName = "recipients",
            propertyValue = "support@example.com, support+*@example.com"))
public class ArchiveBean implements MailListener {

  @Inject private HelpDesk helpDesk;

  @Override
  public void onMail(Mail mail) {
    helpDesk.archive(mail);
  }
}
