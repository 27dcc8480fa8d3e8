// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.it.app;

import jakarta.annotation.Resource;
import jakarta.ejb.ActivationConfigProperty;
import jakarta.ejb.MessageDriven;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import javax.sql.DataSource;
import org.smtpinflow.api.Mail;
import org.smtpinflow.api.MailListener;

/**
 * Stops until the test lets it go on: it connects to the port that is the detail of the recipient's
 * local part ({@code held+4711}), says the mail's id, and waits for the end of the stream.
 */
@MessageDriven(
    activationConfig = {
      @ActivationConfigProperty(propertyName = "recipients", propertyValue = "held+*@held.example"),
      @ActivationConfigProperty(propertyName = "maxConcurrency", propertyValue = "2")
    })
public class HeldBean implements MailListener {

  private static final int PATIENCE_MILLIS = 60_000;

  @Resource private DataSource database;

  @Override
  public void onMail(Mail mail) {
    new Notebook(database).note("HeldBean", mail);
    String local = mail.envelope().recipients().get(0).path().localPart();
    int port = Integer.parseInt(local.substring(local.indexOf('+') + 1));
    try (Socket gate = new Socket(InetAddress.getLoopbackAddress(), port)) {
      gate.setSoTimeout(PATIENCE_MILLIS);
      gate.getOutputStream().write((mail.id() + "\n").getBytes(StandardCharsets.US_ASCII));
      gate.getInputStream().readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
