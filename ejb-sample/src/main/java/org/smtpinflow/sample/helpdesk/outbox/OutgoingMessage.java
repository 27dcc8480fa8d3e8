// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.sample.helpdesk.outbox;

import jakarta.activation.DataHandler;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.util.Date;
import org.smtpinflow.sample.helpdesk.ContentRepository;

/** An {@link OutgoingMail} as a message of Jakarta Mail. */
final class OutgoingMessage extends MimeMessage {

  private static final String UTF_8 = StandardCharsets.UTF_8.name();
  private static final String NAME = "Help desk";

  private final String messageId;

  OutgoingMessage(Session session, OutgoingMail mail, ContentRepository contents)
      throws MessagingException {
    super(session);
    this.messageId = mail.messageId();
    setFrom(named(mail.from()));
    setRecipient(Message.RecipientType.TO, address(mail.to()));
    setSubject(mail.subject(), UTF_8);
    setSentDate(Date.from(mail.date()));
    if (mail.inReplyTo().isPresent()) {
      setHeader("In-Reply-To", mail.inReplyTo().get());
    }
    if (!mail.references().isEmpty()) {
      // One line for each, as a line is limited to 998 characters (RFC 5322, section 2.1.1).
      setHeader("References", String.join("\r\n ", mail.references()));
    }
    write(mail, contents);
  }

  private void write(OutgoingMail mail, ContentRepository contents) throws MessagingException {
    if (mail.files().isEmpty()) {
      setText(mail.text(), UTF_8);
      return;
    }
    MimeBodyPart text = new MimeBodyPart();
    text.setText(mail.text(), UTF_8);
    MimeMultipart parts = new MimeMultipart(text);
    for (OutgoingMail.File file : mail.files()) {
      MimeBodyPart part = new MimeBodyPart();
      part.setDataHandler(new DataHandler(new ContentSource(file, contents)));
      part.setDisposition(ATTACHMENT);
      part.setFileName(file.name());
      // The only encoding that changes no line break.
      part.setHeader("Content-Transfer-Encoding", "base64");
      parts.addBodyPart(part);
    }
    setContent(parts);
  }

  private static InternetAddress named(String mailbox) throws MessagingException {
    InternetAddress address = address(mailbox);
    try {
      address.setPersonal(NAME, UTF_8);
    } catch (UnsupportedEncodingException e) {
      throw new MessagingException("UTF-8 is a charset of every Java", e);
    }
    return address;
  }

  /** Does not check the mailbox: the SMTP server has checked its syntax. */
  private static InternetAddress address(String mailbox) {
    InternetAddress address = new InternetAddress();
    address.setAddress(mailbox);
    return address;
  }

  @Override
  protected void updateMessageID() throws MessagingException {
    setHeader("Message-ID", messageId);
  }
}
