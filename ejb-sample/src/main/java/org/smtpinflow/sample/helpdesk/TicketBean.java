// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.sample.helpdesk;

import jakarta.annotation.Resource;
import jakarta.annotation.security.DeclareRoles;
import jakarta.annotation.security.PermitAll;
import jakarta.ejb.ActivationConfigProperty;
import jakarta.ejb.MessageDriven;
import jakarta.ejb.MessageDrivenContext;
import jakarta.inject.Inject;
import org.smtpinflow.api.Mail;
import org.smtpinflow.api.MailListener;

/**
 * Turns mail to {@code support@example.com} into tickets, and files mail to {@code
 * support+<id>@example.com} with the ticket of that id.
 *
 * <p>The container's security knows who authenticated, and decides whether that user is in the role
 * {@code agent}. A header field makes nobody an agent.
 *
 * <p>The sender gets {@code 250} only after the ticket has been committed.
 */
@MessageDriven(
    activationConfig =
        @ActivationConfigProperty(
            propertyName = "recipients",
            propertyValue = "support@example.com, support+*@example.com"))
@DeclareRoles(TicketBean.AGENT)
@PermitAll
public class TicketBean implements MailListener {

  static final String AGENT = "agent";

  @Resource private MessageDrivenContext context;
  @Inject private HelpDesk helpDesk;

  @Override
  public void onMail(Mail mail) {
    if (context.isCallerInRole(AGENT)) {
      helpDesk.fileOfAgent(mail, context.getCallerPrincipal().getName());
    } else {
      helpDesk.file(mail);
    }
  }
}
