// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.it.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Runs programs of the operating system. */
public final class OsProgram {

  private static final long PATIENCE_SECONDS = 300;

  private OsProgram() {}

  /**
   * What a program left.
   *
   * @param output the output to both streams
   */
  public record Result(int exitCode, String output) {

    /** Fails the test if the program has failed. */
    public void assertSuccess() {
      assertThat(exitCode).as(output).isZero();
    }
  }

  private static boolean isInstalled(String name) {
    return candidates(name).findAny().isPresent();
  }

  /** Finds a program in the search path. */
  public static Path find(String name) {
    return candidates(name).findFirst().orElseThrow();
  }

  private static Stream<Path> candidates(String name) {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
        .map(directory -> Path.of(directory, name))
        .filter(Files::isExecutable);
  }

  /** Runs a program to its end, with no input; skips the test where it is not installed. */
  public static Result runIfInstalled(String... command) {
    assumeInstalled(command[0]);
    return run(command);
  }

  /** Skips the test where a program is not installed. */
  public static void assumeInstalled(String name) {
    assumeTrue(isInstalled(name), name + " is not installed");
  }

  /** Runs a program to its end, with no input. */
  public static Result run(String... command) {
    return run(Map.of(), List.of(command));
  }

  /** Runs a program to its end, with no input, and with some more variables in its environment. */
  public static Result run(Map<String, String> environment, List<String> command) {
    try {
      Path output = Files.createTempFile(TestEnvironment.DIRECTORY, "program", ".out");
      try {
        ProcessBuilder builder =
            new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(new File("/dev/null"))
                .redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
          process.descendants().forEach(ProcessHandle::destroyForcibly);
          process.destroyForcibly();
          throw new IllegalStateException(command + " does not end");
        }
        return new Result(
            process.exitValue(), Files.readString(output, StandardCharsets.ISO_8859_1));
      } finally {
        Files.delete(output);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
