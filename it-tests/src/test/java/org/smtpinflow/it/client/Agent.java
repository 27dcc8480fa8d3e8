// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.it.client;

import jakarta.mail.Authenticator;
import jakarta.mail.MessagingException;
import jakarta.mail.PasswordAuthentication;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.smtpinflow.it.container.Container;
import org.smtpinflow.it.environment.TestEnvironment;

/** An agent of the help desk: a user of the application server, who submits mail inside TLS. */
public final class Agent {

  public static final String NAME = "deskagent";
  public static final String MAILBOX = "agent@agents.example";

  private static final String PASSWORD = "Answer-7-all";
  private static final String KEY_STORE_PASSWORD = "changeit";

  private Agent() {}

  /** Makes the server know the agent. */
  public static void register() {
    Container.underTest().addUser(NAME, PASSWORD, "agent");
  }

  /** Returns the properties of an adapter that the agent can submit mail to. */
  public static Map<String, String> adapter() {
    return Map.of(
        "submissionsPort", String.valueOf(TestEnvironment.SUBMISSIONS_PORT),
        "tlsKeyStoreFile", keyStore().toString(),
        "tlsKeyStorePassword", KEY_STORE_PASSWORD);
  }

  private static Path keyStore() {
    Path file = TestEnvironment.DIRECTORY.resolve("agent.p12");
    char[] password = KEY_STORE_PASSWORD.toCharArray();
    try (OutputStream store = Files.newOutputStream(file)) {
      TestCertificates.server("localhost").toKeyStore(password).store(store, password);
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
    return file;
  }

  /**
   * Submits a mail.
   *
   * @throws MessagingException if the server does not take it; the message is the reply
   */
  public static void send(String content, String... recipients) throws MessagingException {
    sendFrom(MAILBOX, content, recipients);
  }

  /** Submits a mail with another reverse-path; {@code <>} is the null one. */
  public static void sendFrom(String reversePath, String content, String... recipients)
      throws MessagingException {
    Properties properties = new Properties();
    properties.put("mail.smtp.host", "127.0.0.1");
    properties.put("mail.smtp.port", String.valueOf(TestEnvironment.SUBMISSIONS_PORT));
    properties.put("mail.smtp.ssl.enable", "true");
    properties.put("mail.smtp.ssl.trust", "127.0.0.1");
    properties.put("mail.smtp.auth", "true");
    properties.put("mail.smtp.from", reversePath);
    Session session = Session.getInstance(properties, new Password());
    byte[] octets = content.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
    MimeMessage message = new MimeMessage(session, new ByteArrayInputStream(octets));
    InternetAddress[] addresses =
        Stream.of(recipients)
            .map(
                recipient -> {
                  InternetAddress address = new InternetAddress();
                  address.setAddress(recipient);
                  return address;
                })
            .toArray(InternetAddress[]::new);
    try (Transport transport = session.getTransport("smtp")) {
      transport.connect();
      transport.sendMessage(message, addresses);
    }
  }

  private static final class Password extends Authenticator {
    @Override
    protected PasswordAuthentication getPasswordAuthentication() {
      return new PasswordAuthentication(NAME, PASSWORD);
    }
  }
}
