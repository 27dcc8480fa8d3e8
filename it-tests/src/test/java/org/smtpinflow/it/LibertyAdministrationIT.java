// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.smtpinflow.it.OperatedMailServer.assertThatMailIsTaken;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.smtpinflow.it.app.MailServerServlet;
import org.smtpinflow.it.app.OperatedBean;

/**
 * What an administrator of Open Liberty does with the adapter, by the files that docs/liberty.md
 * shows; and what an application does with its administered object.
 */
@UnsupportedOn(servers = "(?!liberty).*", because = "the files are Open Liberty's")
class LibertyAdministrationIT {

  /** The servlet's field, by the name that a descriptor knows it by. */
  private static final String WEB_XML =
      """
      <web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" version="6.0">
        <resource-env-ref>
          <resource-env-ref-name>%s/server</resource-env-ref-name>
          <resource-env-ref-type>org.smtpinflow.api.MailServer</resource-env-ref-type>
          <lookup-name>mail/smtp</lookup-name>
        </resource-env-ref>
      </web-app>
      """
          .formatted(MailServerServlet.class.getName());

  private static final ScriptedServer SERVER = ScriptedServer.administered();
  private static final OperatedMailServer MAIL_SERVER = new OperatedMailServer(SERVER.httpPort());

  private final AdministeredPorts ports = new AdministeredPorts();

  @BeforeAll
  static void startServer() throws IOException {
    SERVER.start();
    Path applications = Files.createDirectories(directory().resolve("apps"));
    Files.copy(
        Archives.DIRECTORY.resolve(Archives.ADAPTER),
        applications.resolve(Archives.ADAPTER),
        StandardCopyOption.REPLACE_EXISTING);
    Archives.webApplicationOfEntry(MailServerServlet.class, OperatedBean.class)
        .addAsWebInfResource(new StringAsset(WEB_XML), "web.xml")
        .as(ZipExporter.class)
        .exportTo(applications.resolve("application.war").toFile(), true);
  }

  @AfterAll
  static void stopServer() {
    SERVER.stop();
  }

  private static Path directory() {
    return SERVER.instance().resolve(Path.of("servers", "it"));
  }

  private static Path dropIn(String name) {
    return directory().resolve(Path.of("configDropins", "overrides", name));
  }

  @BeforeEach
  void deploy() throws IOException {
    configure("mail.xml");
    awaitState("OPEN", port(2525));
  }

  @AfterEach
  void undeploy() throws IOException {
    for (String name : new String[] {"tls.xml", "limits.xml", "port.xml", "mail.xml"}) {
      Files.deleteIfExists(dropIn(name));
    }
    Await.until(
        "the ports to be closed",
        () -> !SmtpConnection.isPossible(port(2525)) && !SmtpConnection.isPossible(port(2600)));
    Await.until("the application to go", () -> !MAIL_SERVER.ask("statistics").contains("state="));
  }

  /** Adds a file to the configuration, with ports that are free and certificates that are there. */
  private void configure(String name) throws IOException {
    String text = AdministeredCertificate.putInto(ports.putInto(AdministrationFiles.read(name)));
    TestCertificates.replace(dropIn(name), text);
  }

  private int port(int port) {
    return ports.of(port);
  }

  private static void awaitState(String state, int port) {
    Await.until(
        "the mail server to be " + state + " at " + port,
        () -> {
          String statistics = MAIL_SERVER.ask("statistics");
          return statistics.contains("state=" + state)
              && statistics.contains("name=smtp, address=/127.0.0.1:" + port + "]");
        });
  }

  @Test
  void filesChangePortAndLimits() throws IOException {
    assertThatMailIsTaken(port(2525));

    configure("port.xml");
    awaitState("OPEN", port(2600));
    assertThatMailIsTaken(port(2600));
    assertThat(SmtpConnection.isPossible(port(2525))).isFalse();

    configure("limits.xml");
    Await.until("the limit", () -> greeting(port(2600)).contains("SIZE 10485760"));
    assertThatMailIsTaken(port(2600));
  }

  private static String greeting(int port) {
    try {
      return SmtpConnection.extensions(port);
    } catch (IOException e) {
      return e.toString();
    }
  }

  @Test
  void fileGivesACertificate() throws IOException {
    AdministeredCertificate.write();

    configure("tls.xml");
    Await.until("STARTTLS", () -> greeting(port(2525)).contains("STARTTLS"));
    TlsClient.of().name("mx.example.com").startTls(port(2525)).close();
    Await.until(
        "the statistics",
        () -> MAIL_SERVER.ask("statistics").contains("handshakes=1, handshakesFailed=0"));
  }

  @Test
  void applicationPausesResumesAndDrains() throws IOException {
    assertThatMailIsTaken(port(2525));
    assertThat(MAIL_SERVER.ask("statistics"))
        .contains("beans=1", "sessionsAccepted=1", "messagesAccepted=1", "deliveriesUnderWay=0");

    MAIL_SERVER.assertThatItPausesDrainsAndResumes(port(2525));
    assertThat(MAIL_SERVER.ask("statistics")).contains("messagesAccepted=3");
  }
}
