// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.it.admin;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.smtpinflow.it.client.SmtpConnection;
import org.smtpinflow.it.container.ServerLog;
import org.smtpinflow.it.environment.Await;
import org.smtpinflow.it.environment.OsProgram;
import org.smtpinflow.it.environment.PortOffset;
import org.smtpinflow.it.environment.TestEnvironment;

/**
 * A WildFly as it comes out of the box, for an administrator to work with: by its own command line
 * and in its own console. Its directory has what docs/wildfly.md begins with: the unpacked server,
 * the adapter, a bean and the descriptor of the bean.
 */
public final class AdministeredWildFly implements AutoCloseable {

  public static final String USER = "admin";
  public static final String PASSWORD = "Console-1";

  /** Where its scripts begin. */
  public static final Path DIRECTORY = TestEnvironment.DIRECTORY.resolve("administered-wildfly");

  /** The name of the directory in the distribution, which is another one in WildFly Preview. */
  private static final String UNPACKED = TestEnvironment.SERVER_HOME.getFileName().toString();

  private static final String UNPACKED_ON_PAGE = "wildfly-39.0.1.Final/";

  /** Not in the unpacked server, which other tests also run. */
  private static final Path BASE = DIRECTORY.resolve("standalone");

  private static final Path LOG = BASE.resolve("log/server.log");

  /** For a Java program that ends in a second. */
  private static final String SHORT_LIVED = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC";

  private final int offset = PortOffset.find();
  private final AdministeredPorts smtpPorts = new AdministeredPorts();
  private Process process;

  /** Starts it, in a new directory, with the configuration of the distribution. */
  public void start() {
    try {
      AdministrationFiles.layOut(
          DIRECTORY,
          AdministrationFiles.path("SupportBean.java"),
          AdministrationFiles.path("jboss-ejb3.xml"),
          AdministrationFiles.path("recipients.xml"));
      copyConfiguration();
      OsProgram.run(
          program("add-user.sh"), "-u", USER, "-p", PASSWORD, "--silent", "-sc", configuration());
      launchAndAwait();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Stops the server and starts it again with its configuration and deployments. */
  public void restart() {
    close();
    try {
      launchAndAwait();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void launchAndAwait() throws IOException {
    process = launch();
    SmtpConnection.awaitPort(managementPort());
    Await.until("the management of WildFly", () -> cli(":whoami").exitCode() == 0);
  }

  private static String program(String name) {
    return TestEnvironment.SERVER_HOME.resolve("bin").resolve(name).toString();
  }

  private static String configuration() {
    return BASE.resolve("configuration").toString();
  }

  private static void copyConfiguration() throws IOException {
    Files.createDirectories(BASE.resolve("deployments"));
    Path target = Files.createDirectories(BASE.resolve("configuration"));
    try (Stream<Path> files =
        Files.list(TestEnvironment.SERVER_HOME.resolve("standalone/configuration"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.copy(file, target.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  private Process launch() throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            program("standalone.sh"),
            "-c",
            "standalone-full.xml",
            "-Djboss.server.base.dir=" + BASE,
            "-Djboss.socket.binding.port-offset=" + offset);
    builder.environment().put("JAVA_HOME", TestEnvironment.JAVA_HOME.toString());
    builder.environment().put("PREPEND_JAVA_OPTS", TestEnvironment.SERVER_OPTIONS);
    // So that a signal to the script is one to the server.
    builder.environment().put("LAUNCH_JBOSS_IN_BACKGROUND", "true");
    return builder
        .redirectErrorStream(true)
        .redirectOutput(TestEnvironment.DIRECTORY.resolve("administered-wildfly.out").toFile())
        .redirectInput(new File("/dev/null"))
        .start();
  }

  /** Runs commands of its command line; the first that fails is the last. */
  public OsProgram.Result cli(String... commands) {
    return jbossCli(String.join("\n", commands));
  }

  /**
   * Returns a script in the directory administration, adapted to this installation: the server is
   * in {@link #UNPACKED}, certificates are taken from where {@link AdministeredCertificate} has put
   * them, and the ports are {@link AdministeredPorts others that are free}.
   */
  public String script(String name) {
    return AdministeredCertificate.putInto(smtpPorts.putInto(AdministrationFiles.read(name)))
        .replace(UNPACKED_ON_PAGE, UNPACKED + "/");
  }

  /** Runs such a script of the shell; the first command that fails is the last. */
  public OsProgram.Result runInShell(String name) {
    return inShell(script(name));
  }

  /** Runs such a script of the shell, which reads a line of input. */
  public OsProgram.Result runInShell(String name, String input) {
    return inShell("exec <<<'" + input + "'\n" + script(name));
  }

  /** Runs commands of the shell in the directory; the first that fails is the last. */
  public OsProgram.Result inShell(String commands) {
    return shell(
        Map.of("PATH", TestEnvironment.PATH),
        String.join(
            "\n", "set -euo pipefail", "jboss-cli.sh() { " + jbossCli() + " \"$@\"; }", commands));
  }

  private static OsProgram.Result shell(Map<String, String> environment, String commands) {
    return OsProgram.run(environment, List.of("bash", "-c", "cd " + DIRECTORY + "\n" + commands));
  }

  /** Returns the port that stands for one in a script. */
  public int smtpPort(int port) {
    return smtpPorts.of(port);
  }

  private OsProgram.Result jbossCli(String commands) {
    try {
      Path script = Files.writeString(TestEnvironment.DIRECTORY.resolve("commands.cli"), commands);
      return shell(Map.of(), jbossCli() + " --connect --file=" + script);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the command that starts the command line of this server. */
  private String jbossCli() {
    return String.join(
        " ",
        "JAVA_OPTS='" + SHORT_LIVED + "'",
        UNPACKED + "/bin/jboss-cli.sh",
        "--controller=127.0.0.1:" + managementPort(),
        "--timeout=100000");
  }

  /** Returns the configuration as the server has stored it. */
  public String storedConfiguration() throws IOException {
    return Files.readString(BASE.resolve("configuration/standalone-full.xml"));
  }

  public int managementPort() {
    return PortOffset.MANAGEMENT + offset;
  }

  public int httpPort() {
    return PortOffset.HTTP + offset;
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** Returns what is logged from now on. */
  public ServerLog log() {
    return new ServerLog(LOG);
  }

  @Override
  public void close() {
    if (process == null) {
      return;
    }
    process.destroy();
    try {
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
