// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.it.app;

import org.smtpinflow.api.Mail;
import org.smtpinflow.api.MailListener;

/** Does nothing. A descriptor says which beans there are of this class, and what they take. */
public class IdleBean implements MailListener {

  @Override
  public void onMail(Mail mail) {}
}
