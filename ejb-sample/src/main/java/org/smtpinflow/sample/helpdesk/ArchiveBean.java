// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.sample.helpdesk;

import jakarta.ejb.ActivationConfigProperty;
import jakarta.ejb.MessageDriven;
import jakarta.inject.Inject;
import org.smtpinflow.api.Mail;
import org.smtpinflow.api.MailListener;

/**
 * Keeps a copy of all mail to support, independent of the tickets.
 *
 * <p>It takes the same recipients as {@link TicketBean}: such mail is delivered to both beans in
 * one transaction, so there is never a ticket without its copy in the archive, nor a copy without
 * its ticket.
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
