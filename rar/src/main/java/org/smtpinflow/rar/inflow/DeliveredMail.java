// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.rar.inflow;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.InputStream;
import java.time.Instant;
import java.util.Properties;
import org.smtpinflow.api.Client;
import org.smtpinflow.api.Envelope;
import org.smtpinflow.api.Mail;
import org.smtpinflow.smtp.protocol.ReceivedMail;

/** A message as one bean sees it, until its {@code onMail} has returned. */
final class DeliveredMail implements Mail {

  private final ReceivedMail mail;
  private final Envelope envelope;
  private MimeMessage mimeMessage;
  private volatile boolean readable = true;
  private volatile boolean seen;

  /** Takes the message, and the envelope with the recipients that the bean takes. */
  DeliveredMail(ReceivedMail mail, Envelope envelope) {
    this.mail = mail;
    this.envelope = envelope;
  }

  @Override
  public String id() {
    seen = true;
    return mail.id();
  }

  @Override
  public Envelope envelope() {
    seen = true;
    return envelope;
  }

  @Override
  public Client client() {
    seen = true;
    return mail.client();
  }

  @Override
  public Instant receivedAt() {
    seen = true;
    return mail.receivedAt();
  }

  @Override
  public long size() {
    seen = true;
    return mail.content().size();
  }

  @Override
  public InputStream content() {
    seen = true;
    if (!readable) {
      throw new IllegalStateException("mail " + id() + " cannot be read after onMail has returned");
    }
    return new ContentInputStream(mail.content(), () -> readable);
  }

  @Override
  public MimeMessage mimeMessage() throws MessagingException {
    if (mimeMessage == null) {
      Properties properties = new Properties();
      // Header fields may be in UTF-8 (RFC 6532, section 3.2).
      properties.setProperty("mail.mime.allowutf8", "true");
      mimeMessage = parse(Session.getInstance(properties), content());
    }
    return mimeMessage;
  }

  /**
   * Parses a message. Angus Mail throws runtime exceptions for some headers, such as one that
   * begins with a line of spaces. A bean that catches only what {@link Mail#mimeMessage} declares
   * would fail again at each attempt of the sender.
   */
  private static MimeMessage parse(Session session, InputStream content) throws MessagingException {
    try {
      return new MimeMessage(session, content);
    } catch (IndexOutOfBoundsException | IllegalArgumentException | NullPointerException e) {
      throw new MessagingException("the message cannot be parsed", e);
    }
  }

  /** Returns whether the bean has asked for any part of it. */
  boolean isSeen() {
    return seen;
  }

  /** Makes the content unreadable, when {@code onMail} has returned. */
  void expire() {
    readable = false;
  }

  @Override
  public String toString() {
    return "mail " + id();
  }
}
