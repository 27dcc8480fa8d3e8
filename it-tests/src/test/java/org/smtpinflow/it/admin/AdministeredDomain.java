// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.it.admin;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.smtpinflow.it.container.Container;
import org.smtpinflow.it.container.DomainContainer;
import org.smtpinflow.it.container.ScriptedInstance;
import org.smtpinflow.it.container.ServerLog;
import org.smtpinflow.it.environment.Database;
import org.smtpinflow.it.environment.OsProgram;
import org.smtpinflow.it.environment.TestEnvironment;

/**
 * A domain of Payara or GlassFish as it comes out of the box, for an administrator to work with: by
 * its own command line and in its own console. Its directory has what docs/payara.md and
 * docs/glassfish.md begin with: the unpacked server, the adapter, a bean and the descriptor of the
 * bean.
 */
public final class AdministeredDomain implements AutoCloseable {

  /** The name of the adapter's archive is that of the adapter. */
  public static final String ADAPTER = "smtp-inflow";

  /** The application with the bean. */
  public static final String APPLICATION = "shop";

  /** Where its scripts begin. */
  public static final Path DIRECTORY = TestEnvironment.DIRECTORY.resolve("administered-domain");

  /** Payara or GlassFish, as in the name of its page. */
  static final String PRODUCT = ((DomainContainer) Container.underTest()).product();

  /** The settings that differ between the servers; all others are the same on both. */
  private static final Path OWN_SCRIPTS =
      TestEnvironment.SERVER_SCRIPTS.resolveSibling(PRODUCT).resolve("administration");

  /**
   * The name of the directory in the distribution: that on the pages, or the one of another
   * version.
   */
  private static final String UNPACKED = TestEnvironment.SERVER_HOME.getFileName().toString();

  private static final Pattern UNPACKED_ON_PAGES = Pattern.compile("\\b(?:payara6|glassfish7)/");

  private static final String DATABASE_ON_PAGE = escaped("jdbc:h2:tcp://db.example.com/mail");

  /** Which of its ports is the one for administrators. */
  private static final int ADMIN = 48;

  /** For a Java program that ends in a second. */
  private static final String SHORT_LIVED = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC";

  private final ScriptedInstance server = ScriptedInstance.administered();
  private final AdministeredPorts smtpPorts = new AdministeredPorts();
  private final Path passwordFile = DIRECTORY.resolve("passwords");

  /** Starts it, in a new directory and with a new domain. */
  public void start() {
    try {
      prepareDirectory();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.start();
  }

  private static void prepareDirectory() throws IOException {
    AdministrationFiles.layOut(DIRECTORY, file("SupportBean.java"), file("glassfish-ejb-jar.xml"));
    Files.copy(Database.driver(), DIRECTORY.resolve("h2.jar"));
  }

  private static Path file(String name) {
    Path own = OWN_SCRIPTS.resolve(name);
    return Files.exists(own) ? own : AdministrationFiles.path(name);
  }

  /**
   * Runs scripts in the directories administration of src/test/servers/payara and glassfish, one
   * after the other in one shell, as they are but for what is where: the server is in {@link
   * #UNPACKED}, certificates are taken from where {@link AdministeredCertificate} has put them, the
   * database is that of the tests, and the ports are {@link AdministeredPorts others that are
   * free}. The first command that fails is the last.
   */
  public OsProgram.Result run(String... scripts) {
    String commands =
        Stream.of(scripts)
            .map(AdministeredDomain::file)
            .map(AdministrationFiles::text)
            .collect(Collectors.joining("\n"));
    return shell(
        AdministeredCertificate.putInto(
                smtpPorts.putInto(UNPACKED_ON_PAGES.matcher(commands).replaceAll(UNPACKED + "/")))
            .replace(DATABASE_ON_PAGE, escaped(Database.remoteUrl())));
  }

  /** Writes it as it is in a list of properties: colons part them. */
  private static String escaped(String value) {
    return value.replace(":", "\\:");
  }

  /** Runs a command of the server's command line. */
  public OsProgram.Result asadmin(String command) {
    return shell("asadmin " + command);
  }

  /**
   * Changes the administrator's password, which is empty in the distribution. GlassFish 8 says that
   * change-admin-password succeeds, and keeps an empty one.
   */
  public OsProgram.Result changePassword(String from, String to) throws IOException {
    writePasswords("AS_ADMIN_PASSWORD=" + from, "AS_ADMIN_USERPASSWORD=" + to);
    OsProgram.Result result =
        asadmin(
            "--user admin --passwordfile "
                + passwordFile
                + " update-file-user --authrealmname admin-realm --groups asadmin admin");
    writePasswords("AS_ADMIN_PASSWORD=" + to);
    return result;
  }

  private void writePasswords(String... lines) throws IOException {
    Files.write(passwordFile, List.of(lines));
  }

  private OsProgram.Result shell(String commands) {
    String asadmin =
        "asadmin() { " + UNPACKED + "/bin/asadmin --port " + adminPort() + " \"$@\"; }";
    return OsProgram.run(
        Map.of(
            "AS_JAVA",
            TestEnvironment.JAVA_HOME.toString(),
            "AS_EXTRA_JAVA_OPTS",
            SHORT_LIVED,
            "PATH",
            TestEnvironment.PATH),
        List.of(
            "bash",
            "-c",
            String.join("\n", "set -euo pipefail", "cd " + DIRECTORY, asadmin, commands)));
  }

  /** Returns the port that stands for one in a script. */
  public int smtpPort(int port) {
    return smtpPorts.of(port);
  }

  int adminPort() {
    return server.portBase() + ADMIN;
  }

  public int httpPort() {
    return server.httpPort();
  }

  /** Returns what is logged from now on. */
  public ServerLog log() {
    return new ServerLog(server.log());
  }

  /** Returns the configuration as the server has stored it; common.sh names the domain. */
  public String storedConfiguration() throws IOException {
    return Files.readString(server.instance().resolve("it/config/domain.xml"));
  }

  @Override
  public void close() {
    try {
      server.stop();
    } finally {
      // One that has not started wholly does not hear the script, nor is its id written down.
      String domain = "-Dcom.sun.aas.instanceRoot=" + server.instance();
      ProcessHandle.allProcesses()
          .filter(process -> commandLine(process).contains(domain))
          .forEach(ProcessHandle::destroyForcibly);
    }
  }

  /** Returns it whole, which a handle does not if it is as long as a server's. */
  private static String commandLine(ProcessHandle process) {
    try {
      return Files.readString(
          Path.of("/proc", String.valueOf(process.pid()), "cmdline"), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      // It has ended.
      return "";
    }
  }
}
