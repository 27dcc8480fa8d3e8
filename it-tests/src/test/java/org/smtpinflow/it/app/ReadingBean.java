// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.it.app;

import jakarta.annotation.Resource;
import jakarta.ejb.ActivationConfigProperty;
import jakarta.ejb.EJBException;
import jakarta.ejb.MessageDriven;
import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import javax.sql.DataSource;
import org.smtpinflow.api.Client;
import org.smtpinflow.api.Envelope;
import org.smtpinflow.api.Mail;
import org.smtpinflow.api.MailListener;
import org.smtpinflow.api.Recipient;

/** Reads all that there is to read of a mail, and writes it down. */
@MessageDriven(
    activationConfig =
        @ActivationConfigProperty(propertyName = "recipients", propertyValue = "*@read.example"))
public class ReadingBean implements MailListener {

  @Resource private DataSource database;

  @Override
  public void onMail(Mail mail) {
    Map<String, String> facts = new LinkedHashMap<>();
    envelope(mail.envelope(), facts);
    client(mail.client(), facts);
    facts.put("receivedAt", mail.receivedAt().toString());
    try {
      message(mail.mimeMessage(), facts);
      declaredOctets(mail, facts);
    } catch (MessagingException e) {
      throw new EJBException(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    new Notebook(database).note("ReadingBean", mail, facts);
  }

  private static void envelope(Envelope envelope, Map<String, String> facts) {
    facts.put("reversePath", envelope.reversePath().toString());
    facts.put("body", envelope.body().toString());
    facts.put("smtpUtf8", String.valueOf(envelope.smtpUtf8()));
    facts.put("declaredSize", envelope.declaredSize().toString());
    facts.put("dsnReturn", envelope.dsnReturn().toString());
    facts.put("envelopeId", envelope.envelopeId().toString());
    for (Recipient recipient : envelope.recipients()) {
      facts.put(
          "recipient " + recipient.path(),
          recipient.notifyOn().stream().sorted().toList() + " " + recipient.originalRecipient());
    }
  }

  private static void client(Client client, Map<String, String> facts) {
    facts.put("helo", client.helo());
    facts.put("remotePort", String.valueOf(client.remoteAddress().getPort()));
    facts.put("tls", client.tls().toString());
    facts.put("identity", client.identity().toString());
    facts.put("listener", client.listener().name());
    facts.put("localPort", String.valueOf(client.listener().localAddress().getPort()));
  }

  /** What the client declared it would send is the end of the content, after the trace fields. */
  private static void declaredOctets(Mail mail, Map<String, String> facts) throws IOException {
    long declared = mail.envelope().declaredSize().orElse(0);
    if (declared > 0 && declared <= mail.size()) {
      InputStream content = mail.content();
      content.skipNBytes(mail.size() - declared);
      facts.put("declared octets sha256", Notebook.sha256(content));
    }
  }

  private static void message(MimeMessage message, Map<String, String> facts)
      throws MessagingException, IOException {
    facts.put("subject", Objects.toString(message.getSubject()));
    facts.put("contentType", message.getContentType());
    if (message.isMimeType("multipart/*")) {
      MimeMultipart parts = (MimeMultipart) message.getContent();
      for (int i = 0; i < parts.getCount(); i++) {
        BodyPart part = parts.getBodyPart(i);
        facts.put("part " + i + " type", part.getContentType());
        facts.put("part " + i + " file", Objects.toString(part.getFileName()));
        facts.put("part " + i + " sha256", Notebook.sha256(part.getInputStream()));
      }
    } else {
      facts.put("body sha256", Notebook.sha256(message.getInputStream()));
    }
  }
}
