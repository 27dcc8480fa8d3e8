// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.it.kill;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.smtpinflow.it.container.Archives;
import org.smtpinflow.it.environment.Await;
import org.smtpinflow.it.environment.PortOffset;
import org.smtpinflow.it.environment.PostgreSql;
import org.smtpinflow.it.environment.TestEnvironment;

/** The WildFly of {@code mvn -Prun verify}, started as Maven does. */
final class RunServer implements KilledServer {

  private static final Path FILES =
      Path.of(System.getProperty("it.project"), "ear", "src", "main", "run");
  private static final Path PROGRAM = FILES.resolve("HelpDeskServer.java");
  private static final Pattern DEFAULT_URL = Pattern.compile("\"/helpdesk(;[^\"]*)?\"");
  private static final String MODULE = "org/postgresql/main";

  /** WildFly needs more than a minute on a busy machine. */
  private static final long PATIENCE_SECONDS = 300;

  private static final long INTERVAL_MILLIS = 100;

  private final int offset = PortOffset.find();
  private final Path data;
  private final Path modules;
  private final Path output;
  private final HelpDeskDatabase database;
  private Process launcher;

  /**
   * Prepares it.
   *
   * @param directory an empty one for its data
   * @param database the one to use; with an empty URL, the one that the command takes by default
   */
  RunServer(Path directory, HelpDeskDatabase database) throws IOException {
    this.data = directory.resolve("data");
    this.modules = directory.resolve("modules");
    this.output = directory.resolve("output");
    this.database = database;
    Path module = Files.createDirectories(modules.resolve(MODULE));
    Files.copy(
        FILES.resolve("modules").resolve(MODULE).resolve("module.xml"),
        module.resolve("module.xml"));
    Files.copy(PostgreSql.driver(), module.resolve("postgresql.jar"));
    Files.createDirectories(data);
  }

  @Override
  public HelpDeskDatabase database() throws IOException {
    return database.url().isEmpty()
        ? new HelpDeskDatabase(H2Copy.of(data.resolve("helpdesk"), options()), "sa", "sa")
        : database;
  }

  /** Returns the options of the URL that the command takes by default. */
  private static String options() throws IOException {
    Matcher url = DEFAULT_URL.matcher(Files.readString(PROGRAM));
    if (!url.find()) {
      throw new IllegalStateException("no H2 in " + PROGRAM);
    }
    return Objects.requireNonNullElse(url.group(1), "");
  }

  @Override
  public int smtpPort() {
    return PortOffset.SMTP + offset;
  }

  @Override
  public void start() throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command());
    builder.environment().put("JAVA_HOME", TestEnvironment.JAVA_HOME.toString());
    builder.environment().put("RUN_DATABASE_PASSWORD", database.password());
    if (!TestEnvironment.SERVER_OPTIONS.isEmpty()) {
      builder.environment().put("JAVA_TOOL_OPTIONS", TestEnvironment.SERVER_OPTIONS);
    }
    launcher = builder.redirectErrorStream(true).redirectOutput(output.toFile()).start();
    awaitOpen();
  }

  private void awaitOpen() {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!isOpen()) {
      if (!launcher.isAlive() || System.nanoTime() - deadline > 0) {
        throw new IllegalStateException("the help desk does not open: " + output());
      }
      pause();
    }
  }

  private void pause() {
    try {
      launcher.waitFor(INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private boolean isOpen() {
    return output().contains("The help desk is open.");
  }

  private String output() {
    try {
      return Files.readString(output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<String> command() throws IOException {
    Path application =
        Files.copy(
            Archives.DIRECTORY.resolve("smtp-inflow-ear.ear"),
            data.resolveSibling("helpdesk.ear"),
            StandardCopyOption.REPLACE_EXISTING);
    List<String> command = new ArrayList<>();
    command.add(TestEnvironment.JAVA_HOME.resolve(Path.of("bin", "java")).toString());
    command.add("-cp");
    command.add(TestEnvironment.SERVER_HOME.resolve(Path.of("bin", "launcher.jar")).toString());
    command.add("-Drun.server=" + TestEnvironment.SERVER_HOME);
    command.add("-Drun.application=" + application);
    command.add("-Drun.files=" + FILES);
    command.add("-Drun.modules=" + modules);
    command.add("-Drun.failure=" + data.resolveSibling("failure"));
    command.add("-Drun.data=" + data);
    command.add("-Drun.smtpPort=" + smtpPort());
    command.add("-Drun.submissionPort=" + (PortOffset.SUBMISSION + offset));
    command.add("-Drun.submissionsPort=" + (PortOffset.SUBMISSIONS + offset));
    command.add("-Drun.lmtpPort=" + (PortOffset.LMTP + offset));
    command.add("-Drun.httpPort=" + (PortOffset.HTTP + offset));
    command.add("-Drun.managementPort=" + (PortOffset.MANAGEMENT + offset));
    command.add("-Drun.mailHost=127.0.0.1");
    command.add("-Drun.mailPort=" + (PortOffset.MAIL + offset));
    command.add("-Drun.database=" + database.url());
    command.add("-Drun.databaseUser=" + database.user());
    command.add(PROGRAM.toString());
    return command;
  }

  @Override
  public void kill() {
    List<ProcessHandle> servers = launcher.descendants().toList();
    servers.forEach(ProcessHandle::destroyForcibly);
    Await.until(
        "the death of the server",
        () -> !launcher.isAlive() && servers.stream().noneMatch(ProcessHandle::isAlive));
  }

  @Override
  public void close() {
    if (launcher != null && launcher.isAlive()) {
      kill();
    }
  }
}
