// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.it.app;

import jakarta.annotation.Resource;
import jakarta.annotation.security.DeclareRoles;
import jakarta.annotation.security.PermitAll;
import jakarta.ejb.ActivationConfigProperty;
import jakarta.ejb.EJB;
import jakarta.ejb.EJBAccessException;
import jakarta.ejb.MessageDriven;
import jakarta.ejb.MessageDrivenContext;
import org.smtpinflow.api.Mail;
import org.smtpinflow.api.MailListener;
import org.smtpinflow.api.MailRefusedException;
import org.smtpinflow.api.MailRejectedException;

/** Refuses each mail with the name and the roles of the caller that the server shows it. */
@MessageDriven(
    activationConfig =
        @ActivationConfigProperty(propertyName = "recipients", propertyValue = "*@caller.example"))
@DeclareRoles({"agent", "guest"})
@PermitAll
public class CallerBean implements MailListener {

  @Resource private MessageDrivenContext context;
  @EJB private AgentDesk desk;

  @Override
  public void onMail(Mail mail) throws MailRefusedException {
    throw new MailRejectedException(
        "caller=%s agent=%s guest=%s desk=%s"
            .formatted(
                context.getCallerPrincipal().getName(),
                context.isCallerInRole("agent"),
                context.isCallerInRole("guest"),
                desk()));
  }

  /** The caller is propagated to other beans, which decide whom they allow. */
  private String desk() {
    try {
      return desk.greet();
    } catch (EJBAccessException e) {
      return "closed";
    }
  }
}
