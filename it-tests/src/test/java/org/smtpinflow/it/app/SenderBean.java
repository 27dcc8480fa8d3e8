// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.it.app;

import jakarta.annotation.Resource;
import jakarta.annotation.security.DeclareRoles;
import jakarta.annotation.security.PermitAll;
import jakarta.ejb.ActivationConfigProperty;
import jakarta.ejb.MessageDriven;
import jakarta.ejb.MessageDrivenContext;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;
import javax.sql.DataSource;
import org.smtpinflow.api.Client;
import org.smtpinflow.api.Client.TlsSession;
import org.smtpinflow.api.Mail;
import org.smtpinflow.api.MailListener;

/** Writes down all that a bean can know about who sent a mail, and how it came. */
@MessageDriven(
    activationConfig =
        @ActivationConfigProperty(propertyName = "recipients", propertyValue = "*@sender.example"))
@DeclareRoles({"agent", "guest"})
@PermitAll
public class SenderBean implements MailListener {

  @Resource private DataSource database;
  @Resource private MessageDrivenContext context;

  @Override
  public void onMail(Mail mail) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("caller", context.getCallerPrincipal().getName());
    facts.put("agent", String.valueOf(context.isCallerInRole("agent")));
    facts.put("guest", String.valueOf(context.isCallerInRole("guest")));
    facts.put("thread", Thread.currentThread().getName());
    facts.put("requireTls", String.valueOf(mail.envelope().requireTls()));
    client(mail.client(), facts);
    new Notebook(database).note("SenderBean", mail, facts);
  }

  private static void client(Client client, Map<String, String> facts) {
    facts.put("listener", client.listener().name());
    facts.put("identity", client.identity().map(Client.Identity::name).orElse(""));
    facts.put(
        "groups",
        client.identity().map(i -> String.join(" ", new TreeSet<>(i.groups()))).orElse(""));
    facts.put("protocol", client.tls().map(TlsSession::protocol).orElse(""));
    facts.put("cipherSuite", client.tls().map(TlsSession::cipherSuite).orElse(""));
    facts.put("serverName", client.tls().flatMap(TlsSession::serverName).orElse(""));
    facts.put(
        "certificate",
        client
            .tls()
            .flatMap(TlsSession::clientCertificate)
            .map(certificate -> certificate.getSubjectX500Principal().getName())
            .orElse(""));
  }
}
