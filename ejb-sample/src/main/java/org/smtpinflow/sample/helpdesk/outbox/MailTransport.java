// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.sample.helpdesk.outbox;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import java.io.IOException;
import java.util.List;
import java.util.Properties;
import java.util.regex.Pattern;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import org.smtpinflow.sample.helpdesk.ContentRepository;
import org.smtpinflow.sample.helpdesk.mime.MimeReading;
import org.smtpinflow.sample.helpdesk.mime.ReadableText;

/**
 * Sends mail by the container's Jakarta Mail session. The session is looked up for each mail, so
 * the desk also runs in a container without one.
 */
@ApplicationScoped
public class MailTransport {

  /** The JNDI name of the session; by default the one of WildFly's own session. */
  private static final String NAME =
      System.getProperty("helpdesk.mailSession", "java:jboss/mail/Default");

  private static final Pattern PERMANENT = Pattern.compile("5\\d\\d[ -].*", Pattern.DOTALL);

  /**
   * Jakarta Mail has no time limits by default. Limits that the administrator sets take precedence.
   */
  private static final List<String> PROTOCOLS = List.of("smtp", "smtps");

  private static final String CONNECT_MILLIS = "20000";
  private static final String READ_MILLIS = "120000";

  @Inject private ContentRepository contents;

  /**
   * Sends a mail.
   *
   * @throws NotSentException if the mail server has not accepted the mail
   */
  public void send(OutgoingMail mail) throws NotSentException {
    send(mail, session(), contents);
  }

  static void send(OutgoingMail mail, Session session, ContentRepository contents)
      throws NotSentException {
    try {
      if (mail.needsSmtpUtf8()) {
        SmtpUtf8Sender.send(mail, session, contents);
      } else {
        Transport.send(new OutgoingMessage(session, mail, contents));
      }
    } catch (SendFailedException e) {
      throw new NotSentException("the mail server refuses it: " + reason(e), isPermanent(e), e);
    } catch (MessagingException e) {
      throw new NotSentException(unreachable(e), false, e);
    }
  }

  /** The name is the administrator's, and never taken from a mail. */
  @SuppressWarnings("BanJNDI")
  private static Session session() throws NotSentException {
    try {
      Session session = InitialContext.doLookup(NAME);
      limitTime(session.getProperties());
      return session;
    } catch (NamingException | ClassCastException e) {
      throw new NotSentException("the application server has no mail session " + NAME, false, e);
    }
  }

  private static void limitTime(Properties properties) {
    for (String protocol : PROTOCOLS) {
      properties.putIfAbsent("mail." + protocol + ".connectiontimeout", CONNECT_MILLIS);
      properties.putIfAbsent("mail." + protocol + ".timeout", READ_MILLIS);
      properties.putIfAbsent("mail." + protocol + ".writetimeout", READ_MILLIS);
    }
  }

  private static boolean isPermanent(SendFailedException e) {
    boolean recipientRefused =
        e.getInvalidAddresses() != null && e.getInvalidAddresses().length > 0;
    return recipientRefused || PERMANENT.matcher(String.valueOf(e.getMessage())).matches();
  }

  /** Returns the mail server's reply. If it refused the recipient, that reply is the last one. */
  private static String reason(MessagingException e) {
    MessagingException last = e;
    while (last.getNextException() instanceof MessagingException next) {
      last = next;
    }
    return line(last);
  }

  private static String unreachable(MessagingException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof IOException) {
        return "the mail server cannot be reached: " + line(cause);
      }
    }
    return "the mail server does not accept it: " + line(e);
  }

  private static String line(Throwable e) {
    String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    return ReadableText.line(message, MimeReading.MAX_NAME).strip();
  }
}
