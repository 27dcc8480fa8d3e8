// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.sample.helpdesk;

import jakarta.ejb.ActivationConfigProperty;
import jakarta.ejb.MessageDriven;
import org.smtpinflow.api.EnhancedStatusCode;
import org.smtpinflow.api.Mail;
import org.smtpinflow.api.MailListener;
import org.smtpinflow.api.MailRejectedException;

/** Shows how a bean rejects mail permanently: with a 5yz reply and a text of its own. */
@MessageDriven(
    activationConfig =
        @ActivationConfigProperty(
            propertyName = "recipients",
            propertyValue = "reject@example.com"))
public class RejectBean implements MailListener {

  /** Delivery not authorized, message refused (RFC 3463, section 3.8). */
  private static final EnhancedStatusCode REFUSED = EnhancedStatusCode.parse("5.7.1");

  @Override
  public void onMail(Mail mail) throws MailRejectedException {
    throw new MailRejectedException(
        550, REFUSED, "The help desk takes no mail here; write to support@example.com");
  }
}
