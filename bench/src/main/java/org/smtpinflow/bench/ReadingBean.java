// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.bench;

import jakarta.ejb.ActivationConfigProperty;
import jakarta.ejb.MessageDriven;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import org.smtpinflow.api.Mail;
import org.smtpinflow.api.MailListener;

/** A minimal bean: it reads the mail, in a transaction that has nothing to commit. */
@MessageDriven(
    activationConfig =
        @ActivationConfigProperty(propertyName = "recipients", propertyValue = "*@bench.example"))
public class ReadingBean implements MailListener {

  @Override
  public void onMail(Mail mail) {
    try (InputStream content = mail.content()) {
      content.transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
