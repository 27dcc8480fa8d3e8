// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.sample.helpdesk.outbox;

import jakarta.mail.Authenticator;
import jakarta.mail.MessagingException;
import jakarta.mail.PasswordAuthentication;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import java.util.Properties;
import org.smtpinflow.sample.helpdesk.ContentRepository;

/**
 * Sends a mail whose addresses have characters outside ASCII (RFC 6531).
 *
 * <p>By default Jakarta Mail cuts each such character to its low octet. That makes {@code Łukasz@}
 * the address {@code Aukasz@}, which is somebody else's. With the property {@code
 * mail.mime.allowutf8} it asks the mail server for SMTPUTF8, but still cuts if the mail server does
 * not offer that. So this class checks the mail server's extensions before it sends any address.
 */
final class SmtpUtf8Sender {

  private static final String SMTPUTF8 = "SMTPUTF8";

  private SmtpUtf8Sender() {}

  /**
   * Sends a mail.
   *
   * @throws NotSentException permanently, if the mail server does not offer SMTPUTF8
   */
  static void send(OutgoingMail mail, Session session, ContentRepository contents)
      throws NotSentException, MessagingException {
    Session utf8Session = utf8(session);
    OutgoingMessage message = new OutgoingMessage(utf8Session, mail, contents);
    message.saveChanges();
    try (Transport transport = utf8Session.getTransport(message.getAllRecipients()[0])) {
      transport.connect();
      if (!offersSmtpUtf8(transport)) {
        throw new NotSentException(
            "an address has characters outside ASCII, and the mail server does not offer SMTPUTF8",
            true,
            null);
      }
      transport.sendMessage(message, message.getAllRecipients());
    }
  }

  /** Returns a session like the container's, which other applications use as it is. */
  private static Session utf8(Session session) {
    Properties properties = new Properties();
    properties.putAll(session.getProperties());
    properties.setProperty("mail.mime.allowutf8", "true");
    return Session.getInstance(properties, new ContainersCredentials(session));
  }

  /** Jakarta Mail has no method for this, but every implementation of it that we know of has. */
  private static boolean offersSmtpUtf8(Transport transport) {
    try {
      return (boolean)
          transport
              .getClass()
              .getMethod("supportsExtension", String.class)
              .invoke(transport, SMTPUTF8);
    } catch (ReflectiveOperationException e) {
      return false;
    }
  }

  /** Asks the container's session, which keeps its credentials to itself. */
  private static final class ContainersCredentials extends Authenticator {

    private final Session session;

    ContainersCredentials(Session session) {
      this.session = session;
    }

    @Override
    protected PasswordAuthentication getPasswordAuthentication() {
      return session.requestPasswordAuthentication(
          getRequestingSite(),
          getRequestingPort(),
          getRequestingProtocol(),
          getRequestingPrompt(),
          getDefaultUserName());
    }
  }
}
