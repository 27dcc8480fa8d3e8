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
 * Sends mail by the means that the application server has: its Jakarta Mail session. The session is
 * looked up when there is something to send, so an application server without one can run the desk.
 */
@ApplicationScoped
public class MailTransport {

  /** The JNDI name of the session; by default that of WildFly's own. */
  private static final String NAME =
      System.getProperty("helpdesk.mailSession", "java:jboss/mail/Default");

  private static final Pattern PERMANENT = Pattern.compile("5\\d\\d[ -].*", Pattern.DOTALL);

  /** Jakarta Mail has no time limits of its own; those of the administrator come first. */
  private static final List<String> PROTOCOLS = List.of("smtp", "smtps");

  private static final String CONNECT_MILLIS = "20000";
  private static final String READ_MILLIS = "120000";

  @Inject private ContentRepository contents;

  /**
   * Sends a mail.
   *
   * @throws NotSentException if the mail server has not said that it took the mail
   */
  public void send(OutgoingMail mail) throws NotSentException {
    Session session = session();
    try {
      Transport.send(new OutgoingMessage(session, mail, contents));
    } catch (SendFailedException e) {
      throw new NotSentException("the mail server refuses it: " + reason(e), isPermanent(e), e);
    } catch (MessagingException e) {
      throw new NotSentException(unreachable(e), false, e);
    }
  }

  /** The name is the administrator's, and never anything from a mail. */
  @SuppressWarnings("BanJNDI")
  private static Session session() throws NotSentException {
    try {
      Session session = InitialContext.doLookup(NAME);
      limitTime(session.getProperties());
      return session;
    } catch (NamingException | ClassCastException e) {
      throw new NotSentException("the server has no mail session " + NAME, false, e);
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

  /** Returns what the mail server said: that about the recipient, which comes last, if anything. */
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
    return "the mail server does not take it: " + line(e);
  }

  private static String line(Throwable e) {
    String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    return ReadableText.line(message, MimeReading.MAX_NAME).strip();
  }
}
