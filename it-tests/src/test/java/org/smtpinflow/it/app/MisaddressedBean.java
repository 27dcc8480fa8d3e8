// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.it.app;

import jakarta.ejb.ActivationConfigProperty;
import jakarta.ejb.MessageDriven;
import org.smtpinflow.api.Mail;
import org.smtpinflow.api.MailListener;

/** Cannot be deployed. */
@MessageDriven(
    activationConfig =
        @ActivationConfigProperty(
            propertyName = "recipients",
            propertyValue = "one@example.com, two words@example.com"))
public class MisaddressedBean implements MailListener {

  @Override
  public void onMail(Mail mail) {
    throw new IllegalStateException("no mail should come here");
  }
}
