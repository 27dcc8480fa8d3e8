// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.smtpinflow.it.client.OperatedMailServer.assertThatMailIsTaken;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.smtpinflow.it.admin.AdministeredCertificate;
import org.smtpinflow.it.admin.DownloadedServer;
import org.smtpinflow.it.admin.NewerAdapter;
import org.smtpinflow.it.app.MailServerServlet;
import org.smtpinflow.it.app.OperatedBean;
import org.smtpinflow.it.client.OperatedMailServer;
import org.smtpinflow.it.client.SmtpConnection;
import org.smtpinflow.it.client.TestCertificates;
import org.smtpinflow.it.client.TlsClient;
import org.smtpinflow.it.container.Archives;
import org.smtpinflow.it.container.Liberty;
import org.smtpinflow.it.container.OnlyOn;
import org.smtpinflow.it.container.ServerLog;
import org.smtpinflow.it.environment.Await;
import org.smtpinflow.it.environment.OsProgram;

/**
 * What an administrator of Open Liberty does with the adapter, from the unpacked server on, by the
 * scripts and files that docs/liberty.md shows; and what an application does with its administered
 * object.
 */
@OnlyOn(value = Liberty.class, because = "the files are Open Liberty's")
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

  /** A web application beside that of the page. */
  private static final String APPLICATION_XML =
      """
      <server>
        <featureManager>
          <feature>servlet-6.0</feature>
        </featureManager>
        <webApplication id="application" name="application" location="application.war">
          <classloader classProviderRef="smtp-inflow"/>
        </webApplication>
        <activationSpec id="application/OperatedBean">
          <properties.smtp-inflow/>
        </activationSpec>
      </server>
      """;

  private static final DownloadedServer SERVER = new DownloadedServer();
  private static final Path DIRECTORY = SERVER.path("wlp/usr/servers/mail");
  private static final Path DROP_INS = DIRECTORY.resolve(Path.of("configDropins", "overrides"));
  private static final int PORT = SERVER.port(2525);
  private static final int NEW_PORT = SERVER.port(2600);
  private static final OperatedMailServer MAIL_SERVER = new OperatedMailServer(SERVER.port(9080));

  @BeforeAll
  static void startServer() throws IOException {
    SERVER.unpack();
    SERVER.run("bean.sh", "server.sh");
  }

  @AfterAll
  static void stopServer() {
    SERVER.shell("wlp/bin/server stop mail");
  }

  @BeforeEach
  void deploy() throws IOException {
    if (!Files.exists(DROP_INS.resolve("mail.xml"))) {
      configure("mail.xml");
    }
    SmtpConnection.awaitPort(PORT);
  }

  @AfterEach
  void undeploy() throws IOException {
    ServerLog log = log();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(DROP_INS)) {
      for (Path file : files) {
        Files.delete(file);
      }
    }
    log.await("J2CA7009I");
    assertThat(SmtpConnection.isPossible(PORT)).isFalse();
    assertThat(SmtpConnection.isPossible(NEW_PORT)).isFalse();
  }

  /** Adds a file of the page to the configuration. */
  private static void configure(String name) throws IOException {
    configure(name, SERVER.file(name));
  }

  private static void configure(String name, String text) throws IOException {
    TestCertificates.replace(DROP_INS.resolve(name), text);
  }

  private static ServerLog log() {
    return new ServerLog(DIRECTORY.resolve(Path.of("logs", "messages.log")));
  }

  /** Sends a mail to the bean of the page, which logs it. */
  private static void assertThatMailReachesTheBean(int port) throws IOException {
    ServerLog log = log();
    assertThatMailIsTaken(port, "support@example.com");
    log.await("mail from <sender@example.org>");
  }

  @Test
  void firstMailReachesTheBean() {
    OsProgram.assumeInstalled("curl");
    ServerLog log = log();
    SERVER.run("mail.sh");
    log.await("mail from <ann@example.org>");
  }

  @Test
  void filesChangePortAndLimits() throws IOException {
    assertThatMailReachesTheBean(PORT);

    configure("port.xml");
    SmtpConnection.awaitPort(NEW_PORT);
    assertThatMailReachesTheBean(NEW_PORT);
    assertThat(SmtpConnection.isPossible(PORT)).isFalse();

    configure("limits.xml");
    Await.until("the limit", () -> greeting(NEW_PORT).contains("SIZE 10485760"));
    assertThatMailReachesTheBean(NEW_PORT);
  }

  private static String greeting(int port) {
    try {
      return SmtpConnection.extensions(port);
    } catch (IOException e) {
      return e.toString();
    }
  }

  /** What the page warns of. */
  @Test
  void fileThatSortsBeforeTheOtherDoesNotChangeIt() throws IOException {
    ServerLog log = log();
    configure("a-port.xml", SERVER.file("port.xml"));
    log.await("CWWKZ0003I");
    assertThatMailReachesTheBean(PORT);
    assertThat(SmtpConnection.isPossible(NEW_PORT)).isFalse();
  }

  @Test
  void fileGivesACertificate() throws IOException {
    AdministeredCertificate.write();
    assertThat(greeting(PORT)).doesNotContain("STARTTLS");

    configure("tls.xml");
    Await.until("STARTTLS", () -> greeting(PORT).contains("STARTTLS"));
    TlsClient.of().name("mx.example.com").startTls(PORT).close();
    assertThatMailReachesTheBean(PORT);
  }

  @Test
  void applicationPausesResumesAndDrains() throws IOException {
    Archives.webApplicationOfEntry(MailServerServlet.class, OperatedBean.class)
        .addAsWebInfResource(new StringAsset(WEB_XML), "web.xml")
        .as(ZipExporter.class)
        .exportTo(DIRECTORY.resolve(Path.of("apps", "application.war")).toFile(), true);
    AdministeredCertificate.write();
    configure("tls.xml");
    configure("mail-server.xml");
    configure("application.xml", APPLICATION_XML);
    Await.until(
        "both beans, the port and the certificate",
        () -> {
          String statistics = MAIL_SERVER.ask("statistics");
          return statistics.contains("beans=2")
              && statistics.contains("address=/127.0.0.1:" + PORT + "]")
              && statistics.contains("certificateExpires=Optional[");
        });

    assertThatMailIsTaken(PORT);
    assertThat(MAIL_SERVER.ask("statistics"))
        .contains("state=OPEN", "sessionsAccepted=1", "messagesAccepted=1", "deliveriesUnderWay=0");
    TlsClient.of().name("mx.example.com").startTls(PORT).close();
    Await.until(
        "the figures of TLS",
        () -> MAIL_SERVER.ask("statistics").contains("handshakes=1, handshakesFailed=0"));

    MAIL_SERVER.assertThatItPausesDrainsAndResumes(PORT);
    assertThat(MAIL_SERVER.ask("statistics")).contains("messagesAccepted=3");
  }

  @Test
  void scriptReplacesTheAdapterByAnotherVersion() throws IOException {
    assertThat(NewerAdapter.isAt(PORT)).isFalse();

    NewerAdapter.replace(SERVER.path(Archives.ADAPTER));
    SERVER.run("upgrade.sh");
    SmtpConnection.awaitPort(PORT);
    assertThat(NewerAdapter.isAt(PORT)).isTrue();
    assertThatMailReachesTheBean(PORT);
  }
}
