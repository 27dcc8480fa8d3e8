// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jboss.shrinkwrap.api.Archive;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.smtpinflow.it.admin.AdministeredCertificate;
import org.smtpinflow.it.admin.AdministeredDomain;
import org.smtpinflow.it.admin.DomainConsole;
import org.smtpinflow.it.app.MailServerServlet;
import org.smtpinflow.it.app.OperatedBean;
import org.smtpinflow.it.app.StoringBean;
import org.smtpinflow.it.client.OperatedMailServer;
import org.smtpinflow.it.client.SmtpConnection;
import org.smtpinflow.it.client.TestCertificates;
import org.smtpinflow.it.client.TlsClient;
import org.smtpinflow.it.container.Archives;
import org.smtpinflow.it.container.DomainContainer;
import org.smtpinflow.it.container.OnlyOn;
import org.smtpinflow.it.container.Payara;
import org.smtpinflow.it.container.ServerLog;
import org.smtpinflow.it.container.UnsupportedOn;
import org.smtpinflow.it.environment.Database;
import org.smtpinflow.it.environment.OsProgram;
import org.smtpinflow.it.environment.TestEnvironment;

/**
 * What an administrator of Payara or GlassFish does with the adapter, by the scripts that
 * docs/payara.md and docs/glassfish.md show and in the console; and what an application does with
 * its administered object.
 */
@OnlyOn(
    value = DomainContainer.class,
    because = "the scripts and the console are Payara's and GlassFish's")
class DomainAdministrationIT {

  private static final String PROPERTY =
      "set resources.resource-adapter-config.smtp-inflow.property.";

  private static AdministeredDomain server;
  private static OperatedMailServer mailServer;

  private int port;
  private int newPort;

  @BeforeAll
  static void startServer() {
    server = new AdministeredDomain();
    server.start();
    mailServer = new OperatedMailServer(server.httpPort());
    run("bean.sh");
  }

  @AfterAll
  static void stopServer() {
    server.close();
  }

  @BeforeEach
  void deploy() {
    port = server.smtpPort(2525);
    newPort = server.smtpPort(2600);
    run("deploy.sh");
  }

  @AfterEach
  void undeploy() {
    run("undeploy.sh");
    assertThat(SmtpConnection.isPossible(port)).isFalse();
    assertThat(SmtpConnection.isPossible(newPort)).isFalse();
    assertThat(server.asadmin("list-applications").output()).contains("No applications");
    assertThat(server.asadmin("list-resource-adapter-configs").output())
        .doesNotContain("smtp-inflow");
  }

  private static void run(String... scripts) {
    server.run(scripts).assertSuccess();
  }

  private static void asadmin(String... commands) {
    for (String command : commands) {
      server.asadmin(command).assertSuccess();
    }
  }

  private static void deploy(Archive<?> application) {
    File file = AdministeredDomain.DIRECTORY.resolve(application.getName()).toFile();
    application.as(ZipExporter.class).exportTo(file, true);
    asadmin("deploy " + application.getName());
  }

  /** Runs a command that fails, and returns its output. */
  private static String failing(String command) {
    OsProgram.Result result = server.asadmin(command);
    assertThat(result.exitCode()).as(result.output()).isNotZero();
    return result.output();
  }

  private static void assertThatMailIsTaken(int smtpPort) throws IOException {
    ServerLog log = server.log();
    OperatedMailServer.assertThatMailIsTaken(smtpPort, "support@example.com");
    log.await("mail from <sender@example.org>");
  }

  @Test
  void firstMailReachesTheBean() {
    OsProgram.assumeInstalled("curl");
    ServerLog log = server.log();
    run("mail.sh");
    log.await("mail from <ann@example.org>");
  }

  @Test
  void scriptsChangePortAndLimits() throws IOException {
    assertThatMailIsTaken(port);

    run("port.sh");
    assertThat(SmtpConnection.isPossible(port)).isFalse();
    assertThatMailIsTaken(newPort);

    run("limits.sh");
    assertThat(SmtpConnection.extensions(newPort)).contains("SIZE 10485760");

    asadmin("disable shop", "disable smtp-inflow", PROPERTY + "maxMessageSize=");
    asadmin("enable smtp-inflow", "enable shop");
    assertThat(SmtpConnection.extensions(newPort))
        .as("the default")
        .contains("SIZE " + Archives.adapterDefaults().get("maxMessageSize"));
  }

  @Test
  void scriptTakesAnotherVersionOfTheAdapter() throws IOException {
    run("port.sh", "upgrade.sh");
    assertThat(SmtpConnection.isPossible(port)).isFalse();
    assertThatMailIsTaken(newPort);
  }

  @Test
  void adapterIsUpgradedOnlyOnceItsAdministeredObjectIsDeleted() throws IOException {
    run("port.sh", "mail-server.sh");
    OsProgram.Result refused = server.run("upgrade.sh");
    assertThat(refused.exitCode()).isNotZero();
    assertThat(refused.output()).contains("use --cascade=true to delete them");

    asadmin("delete-admin-object mail/server", "deploy --name shop shop.jar");
    run("upgrade.sh", "mail-server.sh");
    assertThatMailIsTaken(newPort);
  }

  @Test
  void scriptKeepsThePasswordOfAKeyStoreOutOfTheConfiguration() throws IOException {
    String password = "Key-Store-1";
    AdministeredCertificate.writeKeyStore(password);
    Files.writeString(
        AdministeredDomain.DIRECTORY.resolve("key-store-password"),
        "AS_ADMIN_ALIASPASSWORD=" + password + "\n");
    try {
      run("key-store.sh");
      TlsClient.of().name("mx.example.com").startTls(port).close();
      assertThat(server.storedConfiguration())
          .contains("${ALIAS=smtp-key-store}")
          .doesNotContain(password);
    } finally {
      server.asadmin("delete-password-alias smtp-key-store");
    }
  }

  @Test
  void scriptGivesACertificate() throws IOException {
    AdministeredCertificate.write();
    assertThat(SmtpConnection.extensions(port)).doesNotContain("STARTTLS");

    run("tls.sh");
    TlsClient.of().name("mx.example.com").startTls(port).close();
    assertThatMailIsTaken(port);
  }

  @Test
  void scriptsWorkWhereTheAdministratorHasAPassword() throws IOException {
    run("undeploy.sh");
    server.changePassword("", "no-default").assertSuccess();
    try {
      assertThat(failing("list-applications")).contains("Authentication failed");
      run("password.sh", "deploy.sh", "port.sh");
      assertThatMailIsTaken(newPort);
    } finally {
      server.changePassword("no-default", "").assertSuccess();
    }
  }

  @Test
  void portIsChangedInTheConsole(@TempDir Path profile) throws IOException {
    try (DomainConsole console = new DomainConsole(server, profile)) {
      console.disable("shop");
      console.disable("smtp-inflow");
      console.setProperty("smtpPort", String.valueOf(newPort));
      console.enable("smtp-inflow");
      assertThat(SmtpConnection.isPossible(newPort)).as("no port without a bean").isFalse();
      console.enable("shop");
      console.takeScreenshot("shop-enabled");
    }
    assertThatMailIsTaken(newPort);
    assertThat(SmtpConnection.isPossible(port)).isFalse();
  }

  /** Names and values; the console has no place for the descriptions. */
  @Test
  void consoleOffersEveryProperty(@TempDir Path profile) throws IOException {
    Map<String, String> defaults = Archives.adapterDefaults();
    assertThat(defaults).containsEntry("maxSessions", "1000").hasSizeGreaterThan(40);
    try (DomainConsole console = new DomainConsole(server, profile)) {
      Map<String, String> offered = console.offeredProperties();
      assertThat(offered)
          .containsOnlyKeys(defaults.keySet())
          .containsEntry("smtpPort", String.valueOf(port))
          .containsEntry("serverName", "mx.example.com");
      defaults.keySet().removeAll(List.of("smtpPort", "serverName"));
      assertThat(offered).containsAllEntriesOf(defaults);
    }
  }

  @Test
  void applicationPausesResumesAndDrains() throws IOException {
    run("mail-server.sh");
    deploy(
        Archives.webApplicationOfAdapterOnItsOwn(
            MailServerServlet.class.getName() + "/server",
            "mail/server",
            MailServerServlet.class,
            OperatedBean.class));
    try {
      assertThatMailIsTaken(port);
      assertThat(mailServer.ask("statistics"))
          .contains("state=OPEN", "name=smtp, address=/127.0.0.1:" + port)
          .contains("beans=2", "sessionsAccepted=1", "messagesAccepted=1");

      mailServer.assertThatItPausesDrainsAndResumes(port);

      run("port.sh");
      asadmin("disable application", "enable application");
      assertThat(mailServer.ask("statistics"))
          .contains("state=OPEN", "name=smtp, address=/127.0.0.1:" + newPort);
    } finally {
      asadmin("undeploy application");
    }
  }

  /** The default database of a new domain is a Derby that is not running. */
  @Test
  @UnsupportedOn(value = Payara.class, because = "the default datasource of a new domain works")
  void scriptChangesTheDefaultDatasource() throws IOException {
    run("database.sh");
    deploy(Archives.beansOfAdapterOnItsOwn("application", StoringBean.class));
    try {
      OperatedMailServer.assertThatMailIsTaken(port, "administration@store.example");
      assertThat(Database.sightingsOfRecipient("administration@store.example")).hasSize(1);
    } finally {
      asadmin("undeploy application");
    }
  }

  /** What the page warns of. */
  @Test
  void changeUnderARunningAdapterClosesThePort() throws IOException {
    asadmin(PROPERTY + "smtpPort=" + newPort);
    assertThat(SmtpConnection.isPossible(port)).isFalse();
    assertThat(SmtpConnection.isPossible(newPort)).isFalse();
    asadmin("disable shop", "enable shop");
    assertThatMailIsTaken(newPort);

    ServerLog log = server.log();
    asadmin(PROPERTY + "smtpPort=70000");
    log.await("smtpPort: 70000 is not between -1 and 65535");
    asadmin(PROPERTY + "smtpPort=" + port, "disable shop");
    assertThat(failing("enable shop")).contains("EJB Container initialization error");
    asadmin("disable smtp-inflow", "enable smtp-inflow", "enable shop");
    assertThatMailIsTaken(port);
  }

  @Test
  void wrongValueIsTold() throws IOException {
    asadmin("disable shop", "disable smtp-inflow", PROPERTY + "smtpPort=70000");
    assertThat(failing("enable smtp-inflow"))
        .contains("SMTP Inflow: smtpPort: 70000 is not between -1 and 65535");
    assertThat(failing("disable smtp-inflow")).contains("Application not registered");

    asadmin(PROPERTY + "smtpPort=smtp");
    assertThat(failing("enable smtp-inflow"))
        .contains("SMTP Inflow: smtpPort: 'smtp' is not a whole number between -1 and 65535");

    asadmin(
        PROPERTY + "smtpPort=" + port,
        PROPERTY + "tlsCertificateFile=/nowhere/fullchain.pem",
        PROPERTY + "tlsKeyFile=/nowhere/privkey.pem");
    assertThat(failing("enable smtp-inflow"))
        .contains(
            "tlsCertificateFile: '/nowhere/fullchain.pem' is not a file that the application");

    Path noKey =
        Files.writeString(TestEnvironment.DIRECTORY.resolve("no-key.pem"), "-----BEGIN NOTHING\n");
    Path chain =
        Files.writeString(
            TestEnvironment.DIRECTORY.resolve("some-chain.pem"),
            TestCertificates.server("mx.example.com").getCertificatePathPEM());
    asadmin(PROPERTY + "tlsCertificateFile=" + chain, PROPERTY + "tlsKeyFile=" + noKey);
    assertThat(failing("enable smtp-inflow"))
        .contains("SMTP Inflow: tlsKeyFile: " + noKey + " has no private key in PEM");

    ServerLog log = server.log();
    asadmin(PROPERTY + "tlsCertificateFile=", PROPERTY + "tlsKeyFile=", PROPERTY + "smtpPrt=1");
    asadmin("enable smtp-inflow", "enable shop");
    log.await("RAR7097: No setter method present for the property smtpPrt");
    assertThatMailIsTaken(port);
  }

  @Test
  void propertiesOfAnAdapterThatDoesNotStartStay() throws IOException {
    asadmin("disable shop", "disable smtp-inflow", PROPERTY + "smtpPort=70000");
    assertThat(failing("enable smtp-inflow")).contains("smtpPort: 70000");
    run("undeploy.sh");

    assertThat(failing("deploy --name smtp-inflow smtp-inflow.rar"))
        .contains("SMTP Inflow: smtpPort: 70000 is not between -1 and 65535");
    asadmin(PROPERTY + "smtpPort=" + port);
    asadmin("deploy --name smtp-inflow smtp-inflow.rar", "deploy --name shop shop.jar");
    assertThatMailIsTaken(port);
  }

  @Test
  void portThatIsInUseIsTold() throws IOException {
    asadmin("undeploy shop", "disable smtp-inflow", PROPERTY + "smtpPort=" + newPort);
    asadmin("enable smtp-inflow");
    ServerLog log = server.log();
    try (ServerSocket other = new ServerSocket(newPort, 1, InetAddress.getLoopbackAddress())) {
      assertThat(other.isBound()).isTrue();
      assertThat(failing("deploy --name shop shop.jar"))
          .contains("EJB Container initialization error. Please see server.log");
    }
    log.await("RAR8501");
    log.await(
        "smtpPort: " + newPort + " cannot be opened at 127.0.0.1 (bindAddress): Address already");
    log.await("end the program, or the other adapter, that listens there, or choose another port");
    asadmin("deploy --name shop shop.jar");
    assertThatMailIsTaken(newPort);
  }
}
