// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.it.app;

import jakarta.ejb.ActivationConfigProperty;
import jakarta.ejb.MessageDriven;
import org.smtpinflow.api.Mail;
import org.smtpinflow.api.MailListener;

/** Takes what comes, for tests of how the server is run. */
@MessageDriven(
    activationConfig =
        @ActivationConfigProperty(
            propertyName = "recipients",
            propertyValue = "*@operated.example"))
public class OperatedBean implements MailListener {

  /** Needed by the server. */
  public OperatedBean() {}

  @Override
  public void onMail(Mail mail) {}
}
