// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.smtpinflow.it.client.OperatedMailServer.assertThatMailIsTaken;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import org.jboss.shrinkwrap.api.Archive;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.smtpinflow.it.admin.AdministeredCertificate;
import org.smtpinflow.it.admin.AdministeredPorts;
import org.smtpinflow.it.admin.AdministrationFiles;
import org.smtpinflow.it.admin.DownloadedServer;
import org.smtpinflow.it.admin.NewerAdapter;
import org.smtpinflow.it.app.MailServerServlet;
import org.smtpinflow.it.app.OperatedBean;
import org.smtpinflow.it.app.RefusingBean;
import org.smtpinflow.it.client.OperatedMailServer;
import org.smtpinflow.it.client.SmtpConnection;
import org.smtpinflow.it.client.TlsClient;
import org.smtpinflow.it.container.Archives;
import org.smtpinflow.it.container.OnlyOn;
import org.smtpinflow.it.container.ScriptedInstance;
import org.smtpinflow.it.container.ServerLog;
import org.smtpinflow.it.container.TomEE;
import org.smtpinflow.it.environment.Await;
import org.smtpinflow.it.environment.OsProgram;
import org.smtpinflow.it.environment.TestEnvironment;

/**
 * What an administrator of TomEE does with the adapter, from the unpacked server on, by the scripts
 * and files that docs/tomee.md shows; and what an application does with its administered object.
 */
@OnlyOn(value = TomEE.class, because = "the files are TomEE's")
class TomeeAdministrationIT {

  /** The servlet's field, by the name that a descriptor knows it by. */
  private static final String WEB_XML =
      """
      <web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" version="5.0">
        <resource-env-ref>
          <resource-env-ref-name>%s/server</resource-env-ref-name>
          <resource-env-ref-type>org.smtpinflow.api.MailServer</resource-env-ref-type>
          <mapped-name>mail-server</mapped-name>
        </resource-env-ref>
      </web-app>
      """
          .formatted(MailServerServlet.class.getName());

  private static final ScriptedInstance SERVER = ScriptedInstance.administered();
  private static final Path APPLICATIONS = SERVER.instance().resolve("apps");

  /** The name of the directory in the distribution. */
  private static final String UNPACKED = TestEnvironment.SERVER_HOME.getFileName().toString();

  private final AdministeredPorts ports = new AdministeredPorts();
  private ServerLog log;

  @BeforeEach
  void startServer() throws IOException {
    SERVER.create();
    configure(file("mail.properties"));
    start();
  }

  @AfterEach
  void stopServer() {
    SERVER.stop();
  }

  private void start() {
    SERVER.startAgain();
    log = new ServerLog(SERVER.log());
  }

  /** Adds lines to conf/system.properties; of two with the same name the later one holds. */
  private static void configure(String... lines) throws IOException {
    Files.write(
        SERVER.instance().resolve(Path.of("conf", "system.properties")),
        List.of(lines),
        StandardOpenOption.APPEND);
  }

  private String file(String name) {
    return AdministeredCertificate.putInto(ports.putInto(AdministrationFiles.read(name)));
  }

  private int port(int port) {
    return ports.of(port);
  }

  /** Makes an application of beans, or of a web application, and deploys it. */
  private static Path deploy(String name, Archive<?> module, String elements) {
    Path file = export(name, module, elements);
    SERVER.deploy(file, Map.of(), List.of());
    return file;
  }

  private static Path deploy(String name) {
    return deploy(name, Archives.beans(OperatedBean.class), "");
  }

  private static Path export(String name, Archive<?> module, String elements) {
    EnterpriseArchive application =
        ShrinkWrap.create(EnterpriseArchive.class, name + ".ear")
            .addAsModule(Archives.DIRECTORY.resolve(Archives.ADAPTER).toFile(), name + "-mail.rar")
            .addAsModule(module);
    Path file = SERVER.archive(application.getName());
    TomEE.addResources(application, elements).as(ZipExporter.class).exportTo(file.toFile(), true);
    return file;
  }

  @Test
  void firstMailReachesTheBeanAndTheAdapterIsReplaced() throws IOException {
    OsProgram.assumeInstalled("curl");
    DownloadedServer server = new DownloadedServer();
    server.unpack();
    server.changePorts(UNPACKED + "/conf/server.xml");
    server.run("bean.sh", "ear.sh", "server.sh");
    try {
      server.run("deploy.sh");
      SmtpConnection.awaitPort(server.port(2525));
      ServerLog itsLog = new ServerLog(server.path(UNPACKED + "/logs/catalina.out"));
      server.run("mail.sh");
      Await.until("the mail", () -> itsLog.text().contains("mail from <ann@example.org>"));
      assertThat(NewerAdapter.isAt(server.port(2525))).isFalse();

      NewerAdapter.replace(server.path(Archives.ADAPTER));
      server.run("ear.sh", "deploy.sh");
      Await.until("the new adapter", () -> NewerAdapter.isAt(server.port(2525)));
      server.run("mail.sh");
    } finally {
      server.shell("sh " + UNPACKED + "/bin/catalina.sh stop 60 -force");
    }
  }

  @Test
  void finerLevelsAreLogged() throws IOException {
    SERVER.stop();
    Files.writeString(
        SERVER.instance().resolve(Path.of("conf", "logging.properties")),
        file("finer-logging.properties"),
        StandardOpenOption.APPEND);
    start();
    deploy("shop");
    assertThatMailIsTaken(port(2525));
    Await.until("the session in the log", () -> log.text().contains(" begins"));
    Await.until("its replies in the log", () -> log.text().contains("S: 220 mx.example.com"));
  }

  @Test
  void propertiesChangePortTlsAndLimits() throws IOException {
    deploy("shop");
    assertThatMailIsTaken(port(2525));
    assertThat(SmtpConnection.extensions(port(2525))).doesNotContain("STARTTLS", "SIZE 10485760");

    AdministeredCertificate.write();
    SERVER.stop();
    configure(file("port.properties"), file("tls.properties"), file("limits.properties"));
    start();
    SmtpConnection.awaitPort(port(2600));
    assertThat(SmtpConnection.isPossible(port(2525))).isFalse();
    assertThatMailIsTaken(port(2600));
    assertThat(SmtpConnection.extensions(port(2600))).contains("STARTTLS", "SIZE 10485760");
    TlsClient.of().name("mx.example.com").startTls(port(2600)).close();
  }

  @Test
  void applicationPausesResumesAndDrains() throws IOException {
    deploy(
        "shop",
        Archives.webApplication(MailServerServlet.class, OperatedBean.class)
            .addAsWebInfResource(new StringAsset(WEB_XML), "web.xml"),
        AdministrationFiles.read("mail-server.xml"));
    OperatedMailServer mailServer = new OperatedMailServer(SERVER.httpPort());
    assertThatMailIsTaken(port(2525));
    assertThat(mailServer.ask("statistics"))
        .contains("state=OPEN", "name=smtp, address=/127.0.0.1:" + port(2525))
        .contains("beans=1", "sessionsAccepted=1", "messagesAccepted=1", "deliveriesUnderWay=0");

    mailServer.assertThatItPausesDrainsAndResumes(port(2525));
    assertThat(mailServer.ask("statistics")).contains("messagesAccepted=3");
  }

  @Test
  void archiveIsReplacedAndRemoved() throws IOException {
    deploy("shop");
    assertThat(reply("any@refuse.example")).startsWith("550 5.1.1");

    Path file = export("shop", Archives.beans(OperatedBean.class, RefusingBean.class), "");
    SERVER.redeploy("shop");
    assertThat(reply("any@refuse.example")).startsWith("250 2.1.5");
    assertThatMailIsTaken(port(2525));

    SERVER.undeploy(file);
    assertThat(SmtpConnection.isPossible(port(2525))).isFalse();
    assertThat(APPLICATIONS).isEmptyDirectory();
  }

  /** Returns the answer to a recipient. */
  private String reply(String recipient) throws IOException {
    try (SmtpConnection connection = new SmtpConnection(port(2525))) {
      connection.readReply();
      connection.command("EHLO client.example");
      connection.command("MAIL FROM:<sender@example.org>");
      return connection.command("RCPT TO:<" + recipient + ">");
    }
  }

  @Test
  void archiveIsRemovedWhileTheServerIsStopped() throws IOException {
    deploy("shop");
    SERVER.stop();
    Files.delete(APPLICATIONS.resolve("shop.ear"));
    start();
    Await.until(
        "the directory to be taken for an application",
        () -> SmtpConnection.isPossible(port(2525)));

    SERVER.stop();
    OsProgram.run("rm", "-r", APPLICATIONS.resolve("shop").toString());
    configure("other-mail.smtpPort = " + port(2600));
    start();
    // What was there at the start has been deployed when this is.
    deploy("other");
    assertThat(SmtpConnection.isPossible(port(2600))).isTrue();
    assertThat(SmtpConnection.isPossible(port(2525))).isFalse();
  }

  @Test
  void wrongPropertiesAreTold() throws IOException {
    SERVER.stop();
    configure(
        "range-mail.smtpPort = 70000",
        "type-mail.smtpPort = smtp",
        "certificate-mail.tlsCertificateFile = /nowhere/fullchain.pem",
        "certificate-mail.tlsKeyFile = /nowhere/privkey.pem",
        "name-mail.smtpPrt = 1",
        "name-mail.smtpPort = " + port(2525),
        "taken-mail.smtpPort = " + port(2525));
    start();

    assertThatItFails("range", "smtpPort: 70000 is not between -1 and 65535");
    assertThatItFails(
        "certificate",
        "tlsCertificateFile: '/nowhere/fullchain.pem' is not a file that the application server may"
            + " read; give the path of a file that its user may read");
    assertThatItFails("type", "smtpPort: 'smtp' is not a whole number between -1 and 65535");
    try (ServerSocket other = new ServerSocket(port(2525), 1, InetAddress.getLoopbackAddress())) {
      assertThat(other.isBound()).isTrue();
      assertThatItFails(
          "taken",
          "smtpPort: "
              + port(2525)
              + " cannot be opened at 127.0.0.1 (bindAddress): Address already in use; end the"
              + " program, or the other adapter, that listens there, or choose another port");
    }

    deploy("name");
    assertThat(log.text()).contains("unused property 'smtpPrt' for resource 'name/name-mail'");
    assertThat(SmtpConnection.isPossible(port(2525))).isTrue();
  }

  private void assertThatItFails(String application, String reason) {
    assertThatThrownBy(() -> deploy(application))
        .hasMessageContaining("Failed Auto-Deployment of: " + APPLICATIONS.resolve(application));
    Await.until("the reason: " + reason, () -> log.text().contains(reason));
  }
}
