// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.sample.helpdesk;

import jakarta.ejb.ActivationConfigProperty;
import jakarta.ejb.MessageDriven;
import org.smtpinflow.api.EnhancedStatusCode;
import org.smtpinflow.api.Mail;
import org.smtpinflow.api.MailDeferredException;
import org.smtpinflow.api.MailListener;

/** Shows how a bean defers mail: the sender keeps it and tries again later. */
@MessageDriven(
    activationConfig =
        @ActivationConfigProperty(propertyName = "recipients", propertyValue = "defer@example.com"))
public class DeferBean implements MailListener {

  /** System not accepting network messages (RFC 3463, section 3.4). */
  private static final EnhancedStatusCode NOT_NOW = EnhancedStatusCode.parse("4.3.2");

  @Override
  public void onMail(Mail mail) throws MailDeferredException {
    throw new MailDeferredException(
        450, NOT_NOW, "The help desk is closed at the moment; please try again later");
  }
}
