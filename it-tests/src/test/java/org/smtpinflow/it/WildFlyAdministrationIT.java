// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.smtpinflow.it.client.OperatedMailServer.assertThatMailIsTaken;

import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.smtpinflow.it.admin.AdministeredCertificate;
import org.smtpinflow.it.admin.AdministeredWildFly;
import org.smtpinflow.it.admin.ManagementConsole;
import org.smtpinflow.it.app.MailServerServlet;
import org.smtpinflow.it.app.OperatedBean;
import org.smtpinflow.it.client.OperatedMailServer;
import org.smtpinflow.it.client.SmtpConnection;
import org.smtpinflow.it.client.TestCertificates;
import org.smtpinflow.it.client.TlsClient;
import org.smtpinflow.it.client.Transcript;
import org.smtpinflow.it.container.Archives;
import org.smtpinflow.it.container.OnlyOn;
import org.smtpinflow.it.container.ServerLog;
import org.smtpinflow.it.container.WildFly;
import org.smtpinflow.it.environment.Await;
import org.smtpinflow.it.environment.OsProgram;
import org.smtpinflow.it.environment.PortOffset;

/**
 * What an administrator of WildFly does with the adapter, by the scripts that docs/wildfly.md shows
 * and in the console; and what an application does with its administered object.
 */
@OnlyOn(value = WildFly.class, because = "the scripts and the console are WildFly's")
class WildFlyAdministrationIT {

  private static final String ENTRY = "/subsystem=resource-adapters/resource-adapter=";
  private static final String PROPERTY = ENTRY + "smtp/config-properties=";

  /** Deploys a second application, which is operated by its page. */
  private static final String OPERATED = "deploy " + Archives.DIRECTORY + "/application.war";

  /** Takes mail for the bean on the page. */
  private static final String SUPPORT = "support@example.com";

  private static final Map<String, String> VALID_VALUES =
      Map.of(
          "recipients", "one@idle.example",
          "listeners", "smtp",
          "maxConcurrency", "1",
          "tlsRequired", "false",
          "authenticationRequired", "false");

  private static final Map<String, String> INVALID_VALUES =
      Map.of(
          "recipients", "\"two words@idle.example\"",
          "listeners", "telnet",
          "maxConcurrency", "many",
          "tlsRequired", "perhaps",
          "authenticationRequired", "perhaps");

  private static final List<String> REASONS =
      List.of(
          "recipients: 'two words@idle.example' is not a recipient pattern",
          "listeners: 'telnet' is not a listener",
          "maxConcurrency: 'many' is not a whole number",
          "tlsRequired: 'perhaps' is neither true nor false",
          "authenticationRequired: 'perhaps' is neither true nor false");

  private static AdministeredWildFly server;
  private static OperatedMailServer mailServer;

  private int port;
  private boolean deployed;

  @BeforeAll
  static void startServer() {
    Archives.webApplicationOfEntry(MailServerServlet.class, OperatedBean.class)
        .as(ZipExporter.class)
        .exportTo(Archives.DIRECTORY.resolve("application.war").toFile(), true);
    server = new AdministeredWildFly();
    server.start();
    mailServer = new OperatedMailServer(server.httpPort());
    server.runInShell("bean.sh").assertSuccess();
  }

  @AfterAll
  static void stopServer() {
    server.close();
  }

  @BeforeEach
  void deploy() {
    port = server.smtpPort(2525);
    cli(server.script("deploy.cli"), server.script("application.cli"), OPERATED);
    deployed = true;
    assertThat(SmtpConnection.isPossible(port)).isTrue();
  }

  @AfterEach
  void undeploy() {
    if (deployed) {
      cli("undeploy application.war", server.script("undeploy.cli"));
      deployed = false;
    }
    assertThat(SmtpConnection.isPossible(port)).isFalse();
    assertThat(SmtpConnection.isPossible(server.smtpPort(2600))).isFalse();
  }

  private static void run(String script) {
    cli(server.script(script));
  }

  private static void cli(String... commands) {
    server.cli(commands).assertSuccess();
  }

  @Test
  void firstMailReachesTheBean() {
    OsProgram.assumeInstalled("curl");
    ServerLog log = server.log();
    server.runInShell("mail.sh").assertSuccess();
    log.await("mail from <ann@example.org>");
  }

  @Test
  void scriptsChangePortAndLimits() throws IOException {
    assertThatMailIsTaken(port);

    run("port.cli");
    SmtpConnection.awaitPort(server.smtpPort(2600));
    assertThatMailIsTaken(server.smtpPort(2600));
    assertThat(SmtpConnection.isPossible(port)).isFalse();

    run("limits.cli");
    SmtpConnection.awaitPort(server.smtpPort(2600));
    assertThat(SmtpConnection.extensions(server.smtpPort(2600))).contains("SIZE 10485760");
  }

  /**
   * WildFly activates the beans of all applications at once there, and ends if one of them fails.
   */
  @Test
  void noInvalidValueTakesTheServerDownAtAReloadAResumeOrAStart() throws IOException {
    Path idle = Archives.DIRECTORY.resolve("idle.jar");
    Archives.beansWithSystemProperties("idle", VALID_VALUES)
        .as(ZipExporter.class)
        .exportTo(idle.toFile(), true);
    cli("deploy " + idle);
    cli(
        INVALID_VALUES.entrySet().stream()
            .map(entry -> systemProperty(entry.getKey()) + ":add(value=" + entry.getValue() + ")")
            .toArray(String[]::new));
    try {
      ServerLog reload = server.log();
      cli("reload");
      assertThatTheOtherBeanTakesMail();
      REASONS.forEach(reload::await);

      cli(":suspend", ":resume");
      assertThatTheOtherBeanTakesMail();

      ServerLog start = server.log();
      server.restart();
      assertThatTheOtherBeanTakesMail();
      REASONS.forEach(start::await);
    } finally {
      cli(
          Stream.concat(
                  INVALID_VALUES.keySet().stream().map(name -> systemProperty(name) + ":remove"),
                  Stream.of("undeploy idle.jar"))
              .toArray(String[]::new));
    }
  }

  private static String systemProperty(String name) {
    return "/system-property=it." + name;
  }

  private void assertThatTheOtherBeanTakesMail() throws IOException {
    SmtpConnection.awaitPort(port);
    assertThatMailIsTaken(port, SUPPORT);
  }

  @Test
  void scriptTakesANewAdapterAndKeepsTheProperties() throws IOException {
    cli("undeploy application.war");
    String before = contentOfAdapter();
    Archives.adapter()
        .add(new StringAsset("another version"), "META-INF/version.txt")
        .as(ZipExporter.class)
        .exportTo(AdministeredWildFly.DIRECTORY.resolve(Archives.ADAPTER).toFile(), true);

    try {
      run("upgrade.cli");
      assertThat(contentOfAdapter()).isNotEqualTo(before);
      assertThatMailIsTaken(port, SUPPORT);
    } finally {
      cli(OPERATED);
    }
  }

  private static String contentOfAdapter() {
    OsProgram.Result result =
        server.cli("/deployment=" + Archives.ADAPTER + ":read-attribute(name=content)");
    result.assertSuccess();
    return result.output();
  }

  @Test
  void scriptLogsWhatIsReplied() throws IOException {
    ServerLog log = server.log();
    run("log.cli");
    try {
      assertThatMailIsTaken(port, SUPPORT);
      log.await("S: 250 2.1.0 Sender OK");
      assertThat(log.text()).contains("TRACE [org.smtpinflow.smtp.trace]");
    } finally {
      cli("/subsystem=logging/logger=org.smtpinflow:remove");
    }
  }

  @Test
  void scriptGivesACertificateAndABrokenOneIsCounted() throws IOException {
    X509Bundle bundle = AdministeredCertificate.write();

    run("tls.cli");
    SmtpConnection.awaitPort(port);
    TlsClient client = TlsClient.of().name("mx.example.com");
    client.startTls(port).close();
    assertThat(mailServer.ask("statistics")).contains("handshakes=1, handshakesFailed=0");

    TestCertificates.replace(AdministeredCertificate.CHAIN, "-----BEGIN NOTHING-----\n");
    Await.until(
        "a replacement that failed",
        () -> mailServer.ask("statistics").contains("replacementsFailed=1"));
    client.startTls(port).close();
    assertThat(mailServer.ask("statistics"))
        .contains("handshakes=2", "certificatesReplaced=0")
        .contains(
            "certificateExpires=Optional[" + bundle.getCertificate().getNotAfter().toInstant());
  }

  @Test
  void scriptsKeepThePasswordOfAKeyStoreOutOfTheConfiguration() throws IOException {
    String password = "Key-Store-1";
    AdministeredCertificate.writeKeyStore(password);

    run("encryption.cli");
    server.runInShell("key-store.sh", password).assertSuccess();
    SmtpConnection.awaitPort(port);
    TlsClient.of().name("mx.example.com").startTls(port).close();
    assertThat(server.storedConfiguration())
        .contains("\"tlsKeyStorePassword\">${ENC::")
        .doesNotContain(password);
  }

  @Test
  void recipientsInTheDescriptorComeFromASystemProperty() throws IOException {
    cli("undeploy shop.jar");
    server
        .inShell(
            "cp recipients.xml classes/META-INF/jboss-ejb3.xml\n"
                + "jar -cfm shop.jar manifest -C classes .")
        .assertSuccess();
    try {
      run("application.cli");
      assertThatMailIsTaken(port, SUPPORT);

      run("recipients.cli");
      assertThatMailIsTaken(port, "desk@test.example.com");
      cli("/system-property=desk.recipients:remove");
    } finally {
      server
          .inShell("cp jboss-ejb3.xml classes/META-INF/\njar -cfm shop.jar manifest -C classes .")
          .assertSuccess();
    }
  }

  @Test
  void missingBindingAndMissingManifestLineAreTold() {
    server
        .inShell(
            "jar -cfm unbound.jar manifest -C classes shop\n"
                + "jar -cf unmanifested.jar -C classes .")
        .assertSuccess();
    assertThat(server.cli("deploy unbound.jar").output())
        .contains(
            "WFLYEJB0383: No message listener of type org.smtpinflow.api.MailListener found in"
                + " resource adapter activemq-ra");
    assertThat(server.cli("deploy unmanifested.jar").output())
        .contains(
            "NoClassDefFoundError: Failed to link shop/SupportBean",
            "org/smtpinflow/api/MailListener");
  }

  /** What the page says of an undeployment that another application hinders. */
  @Test
  void adapterIsNotUndeployedUnderAnotherApplication() {
    OsProgram.Result result = server.cli(server.script("undeploy.cli"));
    assertThat(result.exitCode()).isNotZero();
    assertThat(result.output())
        .contains("deployment.smtp-inflow.rar")
        .contains("deployment.application.war");

    cli(
        "undeploy application.war",
        server.script("undeploy.cli").replace("undeploy shop.jar\n", ""));
    deployed = false;
  }

  @Test
  void portIsChangedInTheConsole(@TempDir Path profile) throws IOException {
    int newPort = PortOffset.findOne();
    try (ManagementConsole console = new ManagementConsole(server, profile)) {
      console.setSmtpPort(newPort);
      assertThatMailIsTaken(port);
      console.reload();
      SmtpConnection.awaitPort(newPort);
    }
    assertThatMailIsTaken(newPort);
    assertThat(SmtpConnection.isPossible(port)).isFalse();
  }

  @Test
  void applicationPausesResumesAndDrains() throws IOException {
    assertThatMailIsTaken(port);
    // One session was the look whether the port is open.
    assertThat(mailServer.ask("statistics"))
        .contains("state=OPEN", "name=smtp, address=/127.0.0.1:" + port)
        .contains("beans=2", "sessionsAccepted=2", "messagesAccepted=1", "deliveriesUnderWay=0");

    mailServer.assertThatItPausesDrainsAndResumes(port);
    assertThat(mailServer.ask("statistics")).contains("messagesAccepted=3");

    cli(PROPERTY + "startPaused:add(value=true)", "reload");
    SmtpConnection.awaitPort(port);
    try (SmtpConnection connection = new SmtpConnection(port)) {
      Transcript.play(connection, "S: 421 4.3.2 ...\nS: (closed)");
    }
    assertThat(mailServer.ask("resume")).contains("state=OPEN");
    assertThatMailIsTaken(port);
  }

  @Test
  void portThatIsInUseDoesNotStopTheServer() throws IOException {
    int used = server.smtpPort(2600);
    try (ServerSocket other = new ServerSocket(used, 1, InetAddress.getLoopbackAddress())) {
      assertThat(other.isBound()).isTrue();
      ServerLog log = server.log();
      run("port.cli");
      String problem = "smtpPort: " + used + " cannot be opened at 127.0.0.1 (bindAddress)";
      log.await(problem);
      assertThat(log.text())
          .contains("end the program, or the other adapter, that listens there, or choose another");
      assertThat(mailServer.ask("statistics")).contains("state=FAILED", problem);

      cli("undeploy shop.jar");
      OsProgram.Result deployment = server.cli(server.script("application.cli"));
      assertThat(deployment.exitCode()).isNotZero();
      assertThat(deployment.output()).contains(problem);
    }
    run("application.cli");
    assertThatMailIsTaken(used, SUPPORT);

    // WildFly also activates the bean of the failed deployment.
    ServerLog log = server.log();
    cli(":suspend", ":resume");
    log.await("is not activated, because its deployment has failed");
    SmtpConnection.awaitPort(used);
    assertThatMailIsTaken(used, SUPPORT);
  }

  @Test
  void adapterStartsByItselfWithoutAnEntry() throws IOException {
    undeploy();
    int earPort = PortOffset.findOne();
    Archives.application(
            "embedded",
            Archives.adapter(),
            Archives.webApplication(MailServerServlet.class, OperatedBean.class))
        .as(ZipExporter.class)
        .exportTo(Archives.DIRECTORY.resolve("embedded.ear").toFile(), true);
    cli(
        "/system-property=smtp-inflow.smtpPort:add(value=" + earPort + ")",
        "/system-property=smtp-inflow.serverName:add(value=mx.example.com)",
        "/system-property=smtp-inflow.jndiName:add(value=java:/mail/smtp)",
        "deploy " + Archives.DIRECTORY + "/smtp-inflow.rar");
    assertThat(SmtpConnection.isPossible(earPort)).as("no port without a bean").isFalse();
    OsProgram.Result deployment = server.cli(server.script("application.cli"));
    assertThat(deployment.output()).contains("WFLYCTL0180", "jboss.ra.smtp");
    OsProgram.Result second = server.cli("deploy " + Archives.DIRECTORY + "/embedded.ear");
    assertThat(second.output()).contains("IJ020055", "java:/mail/smtp is already registered");

    cli("undeploy smtp-inflow.rar", "deploy " + Archives.DIRECTORY + "/embedded.ear");
    assertThatMailIsTaken(earPort);
    assertThat(mailServer.ask("statistics"))
        .contains("state=OPEN", "address=/127.0.0.1:" + earPort);
    cli("/deployment=embedded.ear:redeploy");
    assertThatMailIsTaken(earPort);

    cli(
        "undeploy embedded.ear",
        "/system-property=smtp-inflow.smtpPort:remove",
        "/system-property=smtp-inflow.serverName:remove",
        "/system-property=smtp-inflow.jndiName:remove");
    assertThat(SmtpConnection.isPossible(earPort)).isFalse();
  }

  /** A reload succeeds nevertheless; what is bound to the entry is not there, pages included. */
  @Test
  void wrongValueAndUnknownNameAreTold() throws IOException {
    assertThatItIsTold("70000", "smtpPort: 70000 is not between -1 and 65535");
    assertThat(server.cli("/core-service=management:read-boot-errors").output())
        .contains("smtpPort: 70000 is not between -1 and 65535", "jboss.ra.smtp");
    assertThat(mailServer.ask("statistics")).doesNotContain("state=");
    assertThatItIsTold("smtp", "smtpPort: 'smtp' is not a whole number between -1 and 65535");

    ServerLog log = server.log();
    cli(
        PROPERTY + "smtpPort:write-attribute(name=value,value=" + port + ")",
        PROPERTY + "smtpPrt:add(value=1)",
        "reload");
    log.await("property: smtpPrt value: 1");
    assertThat(server.isAlive()).isTrue();

    cli(PROPERTY + "smtpPrt:remove", "reload");
    SmtpConnection.awaitPort(port);
    assertThatMailIsTaken(port);
  }

  private static void assertThatItIsTold(String smtpPort, String message) {
    ServerLog log = server.log();
    cli(PROPERTY + "smtpPort:write-attribute(name=value,value=" + smtpPort + ")", "reload");
    log.await(message);
    assertThat(server.isAlive()).isTrue();
  }
}
