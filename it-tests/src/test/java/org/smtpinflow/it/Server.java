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
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;

/**
 * The application server under test: what its administrator can do while Arquillian runs it, and
 * its process as the operating system sees it.
 */
abstract class Server {

  /** Returns the one that the build has chosen: see the profiles of the module. */
  static Server underTest() {
    return TestEnvironment.SERVER.startsWith("wildfly") ? new WildFly() : ScriptedServer.first();
  }

  /** Returns the name of the caller of a bean if nobody has authenticated. */
  abstract String nobody();

  /** Returns the name of the caller of a bean if somebody has authenticated. */
  String caller(String user) {
    return showsCallers() ? user : nobody();
  }

  /** Says whether beans see who has authenticated, and in which roles. */
  boolean showsCallers() {
    return true;
  }

  /** Returns whether message-driven beans with {@code @RolesAllowed} are deployed. */
  boolean deploysBeansWithRoles() {
    return true;
  }

  /** Returns the name that the adapter's archive has to have in an application. */
  String adapterIn(EnterpriseArchive application) {
    return Archives.ADAPTER;
  }

  /** Adds to an application with the adapter in it what the server needs to be told of that. */
  EnterpriseArchive complete(EnterpriseArchive application) {
    return application;
  }

  /** Returns a regular expression for the replies to what is refused by a redeployment. */
  String refusalsOfRedeployment() {
    return "(451|421) 4\\.3\\.2 .*";
  }

  /** Redeploys an application in place. */
  abstract void redeploy(String application);

  /** Returns the process id. */
  abstract long pid();

  /** Returns the file that the server logs to, at its usual level. */
  Path log() {
    return logs().get(0);
  }

  /** Returns that file, and those that a server has besides for what it logs at finer levels. */
  abstract List<Path> logs();

  /** Returns the file that the server logs to which tests have of their own. */
  abstract Path logOfSecond();

  /** Adds a user to those whom the server itself knows, or replaces the one of that name. */
  abstract void addUser(String user, String password, String groups);

  /** Lets the server log whatever it can, or what it usually does. */
  abstract void logEverything(boolean everything);

  /**
   * Returns how many class loaders of former deployments the server itself keeps, however many
   * deployments there were.
   */
  abstract int keptClassLoaders();

  /** Returns the stacks of those threads that run a class of a package, or below. */
  List<String> threadsIn(String packageName) {
    return Stream.of(jcmd("Thread.print").split("\n\n"))
        .filter(stack -> stack.contains("at " + packageName + "."))
        .toList();
  }

  /** Returns the class loaders that have a class of a name, after a full garbage collection. */
  Set<String> loadersOf(String className) {
    // The histogram counts live objects, so the server has to collect the others before.
    jcmd("GC.class_histogram");
    String prefix = "--" + className + "/";
    return jcmd("VM.class_hierarchy")
        .lines()
        .filter(line -> line.contains(prefix))
        .map(line -> line.substring(line.indexOf(prefix) + prefix.length()))
        .collect(Collectors.toSet());
  }

  private String jcmd(String command) {
    return OsProgram.run(
            TestEnvironment.JAVA_HOME.resolve(Path.of("bin", "jcmd")).toString(),
            String.valueOf(pid()),
            command)
        .output();
  }

  /** Returns the files that the process has open, and that are or were in a directory. */
  List<String> openFilesIn(Path directory) {
    try (Stream<Path> files = Files.list(Path.of("/proc", String.valueOf(pid()), "fd"))) {
      return files
          .map(Server::target)
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
