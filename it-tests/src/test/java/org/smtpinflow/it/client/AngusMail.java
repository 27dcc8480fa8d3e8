// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.it.client;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import jakarta.mail.Authenticator;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.PasswordAuthentication;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.Properties;

/** Sends texts as programs in Java do. */
public final class AngusMail extends Authenticator {

  private final Properties properties = new Properties();
  private String user = "";
  private String password = "";

  public AngusMail(int port) {
    with("host", "127.0.0.1")
        .with("port", String.valueOf(port))
        .with("localhost", "client.example");
  }

  /** Sets a property of the provider, given without {@code mail.smtp}. */
  public AngusMail with(String property, Object value) {
    properties.put("mail.smtp." + property, value);
    return this;
  }

  /** Authenticates. */
  public AngusMail as(String newUser, String newPassword) {
    user = newUser;
    password = newPassword;
    return with("auth", "true");
  }

  @Override
  protected PasswordAuthentication getPasswordAuthentication() {
    return new PasswordAuthentication(user, password);
  }

  /** Sends a text, and returns Angus Mail's record of the session. */
  public String send(String recipient, String text) throws MessagingException {
    ByteArrayOutputStream told = new ByteArrayOutputStream();
    Session session = Session.getInstance(properties, this);
    session.setDebugOut(new PrintStream(told, true, ISO_8859_1));
    session.setDebug(true);
    MimeMessage message = new MimeMessage(session);
    message.setFrom(new InternetAddress("sender@example.org"));
    message.setRecipient(Message.RecipientType.TO, new InternetAddress(recipient));
    message.setSubject("client");
    message.setText(text);
    Transport.send(message);
    return told.toString(ISO_8859_1);
  }
}
