// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.as.controller.client.ModelControllerClient;
import org.jboss.as.controller.client.helpers.Operations;
import org.jboss.dmr.ModelNode;

/** The server under test: its management, and its process as the operating system sees it. */
final class WildFly {

  private WildFly() {}

  /** Suspends the server: it goes on, but takes no more work. */
  static void suspend() {
    execute(Operations.createOperation("suspend"));
  }

  /** Ends {@link #suspend}. */
  static void resume() {
    execute(Operations.createOperation("resume"));
  }

  /** Redeploys an application in place. */
  static void redeploy(String deployment) {
    execute(Operations.createOperation("redeploy", address("deployment", deployment)));
  }

  static ModelNode address(String... pairs) {
    return Operations.createAddress(pairs);
  }

  static ModelNode execute(ModelNode operation) {
    try (ModelControllerClient client =
        ModelControllerClient.Factory.create("127.0.0.1", TestEnvironment.MANAGEMENT_PORT)) {
      ModelNode outcome = client.execute(operation);
      if (!Operations.isSuccessfulOutcome(outcome)) {
        throw new IllegalStateException(
            operation + ": " + Operations.getFailureDescription(outcome));
      }
      return Operations.readResult(outcome);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the process id. */
  static long pid() {
    ModelNode address = address("core-service", "platform-mbean", "type", "runtime");
    String name = execute(Operations.createReadAttributeOperation(address, "name")).asString();
    return Long.parseLong(name.substring(0, name.indexOf('@')));
  }

  /** Returns the stacks of those threads that run a class of a package, or below. */
  static List<String> threadsIn(String packageName) {
    return Stream.of(jcmd("Thread.print").split("\n\n"))
        .filter(stack -> stack.contains("at " + packageName + "."))
        .toList();
  }

  /** Returns the class loaders that have a class of a name, after a full garbage collection. */
  static Set<String> loadersOf(String className) {
    // The histogram counts live objects, so the server has to collect the others before.
    jcmd("GC.class_histogram");
    String prefix = "--" + className + "/";
    return jcmd("VM.class_hierarchy")
        .lines()
        .filter(line -> line.contains(prefix))
        .map(line -> line.substring(line.indexOf(prefix) + prefix.length()))
        .collect(Collectors.toSet());
  }

  private static String jcmd(String command) {
    return OsProgram.run(
            Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
            String.valueOf(pid()),
            command)
        .output();
  }

  /** Returns the files that the process has open, and that are or were in a directory. */
  static List<String> openFilesIn(Path directory) {
    try (Stream<Path> files = Files.list(Path.of("/proc", String.valueOf(pid()), "fd"))) {
      return files
          .map(WildFly::target)
          .filter(file -> file.startsWith(directory.toString()))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String target(Path link) {
    try {
      return Files.readSymbolicLink(link).toString();
    } catch (NoSuchFileException e) {
      // Closed since it was listed.
      return "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
