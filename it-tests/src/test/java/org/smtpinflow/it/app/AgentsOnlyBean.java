// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.it.app;

import jakarta.annotation.Resource;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.ActivationConfigProperty;
import jakarta.ejb.MessageDriven;
import jakarta.ejb.MessageDrivenContext;
import java.util.Map;
import javax.sql.DataSource;
import org.smtpinflow.api.Mail;
import org.smtpinflow.api.MailListener;

/** Takes mail of agents only, which the server or the adapter sees to. */
@MessageDriven(
    activationConfig =
        @ActivationConfigProperty(propertyName = "recipients", propertyValue = "*@agents.example"))
@RolesAllowed("agent")
public class AgentsOnlyBean implements MailListener {

  @Resource private DataSource database;
  @Resource private MessageDrivenContext context;

  @Override
  public void onMail(Mail mail) {
    new Notebook(database)
        .note("AgentsOnlyBean", mail, Map.of("caller", context.getCallerPrincipal().getName()));
  }
}
