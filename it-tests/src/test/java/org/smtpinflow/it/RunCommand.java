// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.smtpinflow.it.environment.Await;
import org.smtpinflow.it.environment.OsProgram;
import org.smtpinflow.it.environment.PortOffset;
import org.smtpinflow.it.environment.TestEnvironment;

/** {@code mvn -Prun verify} of the README, in a copy of this project, from its start to Ctrl-C. */
final class RunCommand implements AutoCloseable {

  private static final Path PROJECT = Path.of(System.getProperty("it.project"));
  private static final Set<String> NOT_COPIED = Set.of("target", ".git", "helpdesk-data");
  private static final long PATIENCE_SECONDS = 900;

  /**
   * A process that a shell starts in the background ignores SIGINT, and so do those that it starts;
   * a terminal sends SIGINT to a group of processes.
   */
  private static final String LIKE_A_TERMINAL =
      "$SIG{INT} = 'DEFAULT'; setpgrp; exec @ARGV or die $!";

  private final Path output;
  private final Process maven;

  /**
   * Starts it; skips the test where that cannot be.
   *
   * @param settings further properties: {@code -Drun.database=...}
   */
  RunCommand(Path project, int portOffset, String... settings) throws IOException {
    OsProgram.assumeInstalled("perl");
    output = project.resolveSibling("run.log");
    List<String> command =
        new ArrayList<>(
            List.of(
                "perl",
                "-e",
                LIKE_A_TERMINAL,
                Path.of(System.getProperty("it.mavenHome"), "bin", "mvn").toString(),
                "-B",
                "-ntp",
                "-Dmaven.repo.local=" + System.getProperty("it.localRepository"),
                "-Drun.smtpPort=" + (PortOffset.SMTP + portOffset),
                "-Drun.submissionPort=" + (PortOffset.SUBMISSION + portOffset),
                "-Drun.submissionsPort=" + (PortOffset.SUBMISSIONS + portOffset),
                "-Drun.lmtpPort=" + (PortOffset.LMTP + portOffset),
                "-Drun.httpPort=" + (PortOffset.HTTP + portOffset),
                "-Drun.managementPort=" + (PortOffset.MANAGEMENT + portOffset),
                "-Prun",
                "verify"));
    command.addAll(List.of(settings));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("JAVA_HOME", TestEnvironment.JAVA_HOME.toString());
    builder.directory(project.toFile());
    builder.redirectErrorStream(true).redirectOutput(output.toFile());
    maven = builder.start();
    maven.getOutputStream().close();
  }

  /** Copies this project as a clone has it: without what a build makes. */
  static void copyProject(Path target) throws IOException {
    Files.walkFileTree(
        PROJECT,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path source, BasicFileAttributes attributes)
              throws IOException {
            if (NOT_COPIED.contains(source.getFileName().toString())) {
              return FileVisitResult.SKIP_SUBTREE;
            }
            Files.createDirectories(target.resolve(PROJECT.relativize(source)));
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path source, BasicFileAttributes attributes)
              throws IOException {
            Files.copy(source, target.resolve(PROJECT.relativize(source)));
            return FileVisitResult.CONTINUE;
          }
        });
  }

  /** Waits until it has said where to send mail and where to look. */
  void awaitReady() throws IOException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!output().contains("End with Ctrl-C.")) {
      if (!maven.isAlive() || System.nanoTime() - deadline > 0) {
        throw new AssertionError("the sample does not come up:\n" + output());
      }
      pause();
    }
  }

  private void pause() {
    try {
      maven.waitFor(100, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Returns its output so far. */
  String output() throws IOException {
    return Files.readString(output, StandardCharsets.UTF_8);
  }

  /** Does what Ctrl-C in its terminal does, and waits until none of its processes is left. */
  void interrupt() {
    signal("INT");
    awaitNoProcess();
  }

  /** Ends Maven only, as another program does, and waits until none of its processes is left. */
  void terminate() {
    OsProgram.run("kill", "-TERM", String.valueOf(maven.pid()));
    awaitNoProcess();
  }

  /** Waits until it has ended by itself, with all of its processes. Returns its exit code. */
  int awaitEnd() {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (maven.isAlive() && System.nanoTime() - deadline < 0) {
      pause();
    }
    awaitNoProcess();
    return maven.exitValue();
  }

  private void awaitNoProcess() {
    Await.until("the end of all processes of 'mvn -Prun verify'", () -> processes().isEmpty());
  }

  /** Returns the last lines that it has said. */
  String lastLines(int count) throws IOException {
    List<String> lines = output().lines().toList();
    return String.join("\n", lines.subList(Math.max(0, lines.size() - count), lines.size()));
  }

  private void signal(String name) {
    OsProgram.run("kill", "-" + name, "--", "-" + maven.pid());
  }

  /** Returns the ids of its processes: Maven, and what Maven started. */
  List<Long> processes() {
    return ProcessHandle.allProcesses()
        .map(ProcessHandle::pid)
        .filter(pid -> group(pid) == maven.pid())
        .toList();
  }

  /** Returns the process group of a process: the fifth field, after a name that may have spaces. */
  private static long group(long pid) {
    try {
      String stat = Files.readString(Path.of("/proc", String.valueOf(pid), "stat"));
      return Long.parseLong(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[2]);
    } catch (NoSuchFileException e) {
      // It has ended.
      return -1;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Leaves nothing, whatever happened. */
  @Override
  public void close() {
    if (!processes().isEmpty()) {
      signal("KILL");
    }
  }

  /** Deletes a copy of the project. */
  static void delete(Path directory) {
    OsProgram.run("rm", "-rf", directory.toString());
  }
}
