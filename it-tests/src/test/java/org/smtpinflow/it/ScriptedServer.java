// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;

/**
 * A server that is run by the scripts in {@code src/test/servers}: the steps of its administrator,
 * which the pages in {@code docs} describe.
 */
final class ScriptedServer extends Server {

  /** Which of its ports is the one for HTTP. */
  static final int HTTP = 80;

  private static final boolean TOMEE = TestEnvironment.SERVER.equals("tomee");

  private static final ScriptedServer FIRST =
      withResources("server", Integer.getInteger("it.portBase", 0));
  private static final ScriptedServer SECOND =
      withResources("second-server", Integer.getInteger("it.secondPortBase", 0));

  private final Path instance;
  private final int portBase;
  private final Map<String, String> resources;

  private ScriptedServer(String name, int portBase, Map<String, String> resources) {
    this.instance = TestEnvironment.DIRECTORY.resolve(TestEnvironment.SERVER + "-" + name);
    this.portBase = portBase;
    this.resources = resources;
  }

  /** Makes one that has the database and the mail server of the tests. */
  private static ScriptedServer withResources(String name, int portBase) {
    return new ScriptedServer(
        name,
        portBase,
        Map.of(
            "MAIL_PORT", String.valueOf(TestEnvironment.MAIL_PORT),
            "DATABASE_URL", Database.remoteUrl(),
            "DATABASE_JAR", Database.driver().toString()));
  }

  /** Returns the one that runs from the first test to the last. */
  static ScriptedServer first() {
    return FIRST;
  }

  /** Returns the one for the test that stops it. */
  static ScriptedServer second() {
    return SECOND;
  }

  /** Returns a further one, for an administrator to work with: as it comes out of the box. */
  static ScriptedServer administered() {
    return new ScriptedServer("administered-server", PortOffset.findRange(), Map.of());
  }

  /** Returns where its configuration is. */
  Path instance() {
    return instance;
  }

  int portBase() {
    return portBase;
  }

  int httpPort() {
    return portBase + HTTP;
  }

  /** Makes the server anew, and starts it. */
  void start() {
    create();
    startAgain();
  }

  /** Makes the server anew, and does not start it. */
  void create() {
    run("create");
  }

  /** Starts it as it is. */
  void startAgain() {
    run("start");
  }

  void stop() {
    run("stop");
  }

  /**
   * Deploys an archive.
   *
   * @param properties what differs from the defaults of the adapter in it
   * @param beans the message-driven beans in it
   */
  void deploy(Path archive, Map<String, String> properties, List<String> beans) {
    List<String> settings = new ArrayList<>(arguments(archive));
    properties.forEach((name, value) -> settings.add(name + "=" + value));
    if (!properties.isEmpty()) {
      run("configure", settings, beans);
    }
    run("deploy", arguments(archive), beans);
  }

  void undeploy(Path archive) {
    run("undeploy", arguments(archive), List.of());
  }

  /** TomEE takes the name from the adapter, and does not show it to the bean. */
  @Override
  boolean showsCallers() {
    return !TOMEE;
  }

  @Override
  boolean deploysBeansWithRoles() {
    return !TOMEE;
  }

  /** TomEE has room for one connector module of a name. */
  @Override
  String adapterIn(EnterpriseArchive application) {
    return TOMEE
        ? application.getName().replaceFirst("\\.ear$", ".rar")
        : super.adapterIn(application);
  }

  @Override
  EnterpriseArchive complete(EnterpriseArchive application) {
    return TOMEE ? ServerDescriptors.addForTomee(application, "") : super.complete(application);
  }

  @Override
  String nobody() {
    return switch (TestEnvironment.SERVER) {
      case "liberty" -> "UNAUTHENTICATED";
      case "tomee" -> "guest";
      default -> "ANONYMOUS";
    };
  }

  /**
   * Payara rolls back what is under way a moment before it tells the adapter that the bean goes: it
   * is like any other rollback then.
   */
  @Override
  String refusalsOfRedeployment() {
    return "(451 4\\.3\\.[02]|421 4\\.3\\.2) .*";
  }

  @Override
  void redeploy(String application) {
    run("redeploy", arguments(archive(application + ".ear")), List.of());
  }

  /** Returns where an archive is to be put that is to be deployed. */
  Path archive(String fileName) {
    return instance.resolveSibling("deployments").resolve(fileName);
  }

  private static List<String> arguments(Path archive) {
    String file = archive.getFileName().toString();
    return List.of(archive.toString(), file.substring(0, file.lastIndexOf('.')));
  }

  @Override
  long pid() {
    return Long.parseLong(run("pid").strip());
  }

  @Override
  List<Path> logs() {
    return run("log").lines().map(Path::of).toList();
  }

  @Override
  Path logOfSecond() {
    return SECOND.log();
  }

  @Override
  void addUser(String user, String password, String groups) {
    run("user", List.of(user, password, groups), List.of());
  }

  @Override
  void logEverything(boolean everything) {
    run("log-level", List.of(everything ? "all" : "usual"), List.of());
  }

  /**
   * Threads of a pool of Payara keep the class loader of the deployment that needed them. GlassFish
   * keeps that of each redeployment: its ConnectorApplication stays registered for events. TomEE
   * keeps the last container of a name, and by it the last deployment of an application.
   */
  @Override
  int keptClassLoaders() {
    return switch (TestEnvironment.SERVER) {
      case "payara6", "payara7" -> 5;
      case "glassfish7", "glassfish8" -> 1000;
      case "tomee" -> 1;
      default -> 0;
    };
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
