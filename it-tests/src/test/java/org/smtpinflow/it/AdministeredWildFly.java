// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.it;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A WildFly as it comes out of the box, for an administrator to work with: by its own command line
 * and in its own console.
 */
final class AdministeredWildFly implements AutoCloseable {

  static final String USER = "admin";
  static final String PASSWORD = "Console-1";

  private static final Path BASE = TestEnvironment.DIRECTORY.resolve("administered-wildfly");
  private static final Path LOG = BASE.resolve("log/server.log");

  /** For a Java program that ends in a second. */
  private static final String SHORT_LIVED = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC";

  private final int offset = PortOffset.find();
  private final AdministeredPorts smtpPorts = new AdministeredPorts();
  private Process process;

  /** Starts it, with the configuration of the distribution. */
  void start() {
    try {
      copyConfiguration();
      OsProgram.run(
          program("add-user.sh"), "-u", USER, "-p", PASSWORD, "--silent", "-sc", configuration());
      process = launch();
      awaitPort(managementPort());
      Await.until("the management of WildFly", () -> cli(":whoami").exitCode() == 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String program(String name) {
    return TestEnvironment.SERVER_HOME.resolve("bin").resolve(name).toString();
  }

  private static String configuration() {
    return BASE.resolve("configuration").toString();
  }

  private static void copyConfiguration() throws IOException {
    if (Files.exists(BASE)) {
      OsProgram.run("rm", "-r", BASE.toString());
    }
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

  /** Runs commands; the first that fails is the last. */
  OsProgram.Result cli(String... commands) {
    return jbossCli(String.join("\n", commands));
  }

  /**
   * Runs some of the scripts in src/test/servers/wildfly, as they are but for what is where:
   * archives are taken from where the build has put them, certificates from where {@link
   * AdministeredCertificate} has, and the ports are {@link AdministeredPorts others that are free}.
   */
  OsProgram.Result run(String... scripts) {
    String text =
        Stream.of(scripts).map(AdministeredWildFly::script).collect(Collectors.joining("\n"));
    return jbossCli(
        AdministeredCertificate.putInto(smtpPorts.putInto(text))
            .replaceAll("(?m)^deploy ", "deploy " + Archives.DIRECTORY + "/"));
  }

  private static String script(String name) {
    try {
      return Files.readString(TestEnvironment.SERVER_SCRIPTS.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the port that stands for one in a script. */
  int smtpPort(int port) {
    return smtpPorts.of(port);
  }

  private OsProgram.Result jbossCli(String commands) {
    try {
      Path script = Files.writeString(TestEnvironment.DIRECTORY.resolve("commands.cli"), commands);
      return OsProgram.run(
          Map.of("JAVA_OPTS", SHORT_LIVED),
          List.of(
              program("jboss-cli.sh"),
              "--connect",
              "--controller=127.0.0.1:" + managementPort(),
              "--timeout=100000",
              "--file=" + script));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  int managementPort() {
    return PortOffset.MANAGEMENT + offset;
  }

  int httpPort() {
    return PortOffset.HTTP + offset;
  }

  boolean isAlive() {
    return process.isAlive();
  }

  String log() {
    try {
      return Files.readString(LOG);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits until somebody listens on a port of the adapter. */
  void awaitPort(int port) {
    Await.until("port " + port, () -> SmtpConnection.isPossible(port));
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
