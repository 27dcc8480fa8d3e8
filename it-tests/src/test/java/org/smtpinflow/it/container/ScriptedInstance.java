// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.it.container;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.smtpinflow.it.environment.Database;
import org.smtpinflow.it.environment.OsProgram;
import org.smtpinflow.it.environment.PortOffset;
import org.smtpinflow.it.environment.TestEnvironment;

/**
 * A server that is run by the scripts in {@code src/test/servers}: the steps of its administrator,
 * which the pages in {@code docs} describe.
 */
public final class ScriptedInstance {

  /** Which of its ports is the one for HTTP. */
  private static final int HTTP = 80;

  private static final ScriptedInstance FIRST =
      withResources("server", Integer.getInteger("it.portBase", 0));
  private static final ScriptedInstance SECOND =
      withResources("second-server", Integer.getInteger("it.secondPortBase", 0));

  private final Path instance;
  private final int portBase;
  private final Map<String, String> resources;

  private ScriptedInstance(String name, int portBase, Map<String, String> resources) {
    this.instance = TestEnvironment.DIRECTORY.resolve(TestEnvironment.SERVER + "-" + name);
    this.portBase = portBase;
    this.resources = resources;
  }

  /** Makes one that has the database and the mail server of the tests. */
  private static ScriptedInstance withResources(String name, int portBase) {
    return new ScriptedInstance(
        name,
        portBase,
        Map.of(
            "MAIL_PORT", String.valueOf(TestEnvironment.MAIL_PORT),
            "DATABASE_URL", Database.remoteUrl(),
            "DATABASE_JAR", Database.driver().toString()));
  }

  /** Returns the one that runs from the first test to the last. */
  public static ScriptedInstance first() {
    return FIRST;
  }

  /** Returns the one for the test that stops it. */
  public static ScriptedInstance second() {
    return SECOND;
  }

  /** Returns a further one, for an administrator to work with: as it comes out of the box. */
  public static ScriptedInstance administered() {
    return new ScriptedInstance("administered-server", PortOffset.findRange(), Map.of());
  }

  /** Returns where its configuration is. */
  public Path instance() {
    return instance;
  }

  public int portBase() {
    return portBase;
  }

  public int httpPort() {
    return portBase + HTTP;
  }

  /** Creates the server again, and starts it. */
  public void start() {
    create();
    startAgain();
  }

  /** Creates the server again, without starting it. */
  public void create() {
    run("create");
  }

  /** Starts it as it is. */
  public void startAgain() {
    run("start");
  }

  public void stop() {
    run("stop");
  }

  /**
   * Deploys an archive.
   *
   * @param properties what differs from the defaults of the adapter in it
   * @param beans the message-driven beans in it
   */
  public void deploy(Path archive, Map<String, String> properties, List<String> beans) {
    List<String> settings = new ArrayList<>(arguments(archive));
    properties.forEach((name, value) -> settings.add(name + "=" + value));
    if (!properties.isEmpty()) {
      run("configure", settings, beans);
    }
    run("deploy", arguments(archive), beans);
  }

  public void undeploy(Path archive) {
    run("undeploy", arguments(archive), List.of());
  }

  public void redeploy(String application) {
    run("redeploy", arguments(archive(application + ".ear")), List.of());
  }

  /** Returns where an archive is to be put that is to be deployed. */
  public Path archive(String fileName) {
    return instance.resolveSibling("deployments").resolve(fileName);
  }

  private static List<String> arguments(Path archive) {
    String file = archive.getFileName().toString();
    return List.of(archive.toString(), file.substring(0, file.lastIndexOf('.')));
  }

  /** Runs a further script of the server. */
  public void run(String step, List<String> arguments) {
    run(step, arguments, List.of());
  }

  /** Returns the process id. */
  public long pid() {
    return Long.parseLong(run("pid").strip());
  }

  /** Returns the file that it logs to, at its usual level. */
  public Path log() {
    return logs().get(0);
  }

  List<Path> logs() {
    return run("log").lines().map(Path::of).toList();
  }

  public void addUser(String user, String password, String groups) {
    run("user", List.of(user, password, groups), List.of());
  }

  public void logEverything(boolean everything) {
    run("log-level", List.of(everything ? "all" : "usual"), List.of());
  }

  private String run(String step) {
    return run(step, List.of(), List.of());
  }

  private String run(String step, List<String> arguments, List<String> beans) {
    List<String> command = new ArrayList<>();
    command.add(TestEnvironment.SERVER_SCRIPTS.resolve(step + ".sh").toString());
    command.addAll(arguments);
    Map<String, String> environment =
        new TreeMap<>(
            Map.of(
                "SERVER_HOME", TestEnvironment.SERVER_HOME.toString(),
                "INSTANCE", instance.toString(),
                "PORT_BASE", String.valueOf(portBase),
                "JAVA_HOME", TestEnvironment.JAVA_HOME.toString(),
                "BEANS", String.join(" ", beans)));
    environment.putAll(resources);
    try {
      Files.createDirectories(archive("any").getParent());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    OsProgram.Result result = OsProgram.run(environment, command);
    if (result.exitCode() != 0) {
      throw new IllegalStateException(step + " failed: " + result.output());
    }
    return result.output();
  }
}
