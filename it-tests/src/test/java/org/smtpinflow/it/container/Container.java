// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.it.container;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.shrinkwrap.api.Archive;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.jboss.shrinkwrap.api.spec.ResourceAdapterArchive;
import org.smtpinflow.it.environment.OsProgram;
import org.smtpinflow.it.environment.TestEnvironment;

/**
 * The application server under test: what its administrator can do while Arquillian runs it, and
 * its process as the operating system sees it.
 */
public abstract class Container {

  /** Returns the one that the build has chosen: see the profiles of the module. */
  public static Container underTest() {
    return Chosen.CONTAINER;
  }

  private static final class Chosen {

    private static final Container CONTAINER = create();

    private static Container create() {
      try {
        return Class.forName(Container.class.getPackageName() + "." + TestEnvironment.CONTAINER)
            .asSubclass(Container.class)
            .getDeclaredConstructor()
            .newInstance();
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException(
            "it.container: " + TestEnvironment.CONTAINER + " is not a container", e);
      }
    }
  }

  /** Returns the port for HTTP. */
  public abstract int httpPort();

  /** Returns the name of the caller of a bean if nobody has authenticated. */
  public abstract String nobody();

  /** Returns the name of the caller of a bean if somebody has authenticated. */
  public String caller(String user) {
    return showsCallers() ? user : nobody();
  }

  /** Returns whether beans see the authenticated caller and the caller's roles. */
  public boolean showsCallers() {
    return true;
  }

  /** Returns whether message-driven beans with {@code @RolesAllowed} are deployed. */
  public boolean deploysBeansWithRoles() {
    return true;
  }

  /** Returns the name that the adapter's archive has to have in an application. */
  String adapterIn(EnterpriseArchive application) {
    return Archives.ADAPTER;
  }

  /**
   * Gives some properties of the administrator to an adapter that will be deployed.
   *
   * @return the same archive
   */
  abstract ResourceAdapterArchive configure(
      ResourceAdapterArchive adapter, Map<String, String> properties);

  /**
   * Adds the container's own descriptor to a module with beans. The descriptor contains settings
   * that the standards do not cover, such as the adapter of a bean. The name of a bean shows its
   * needs.
   *
   * @param directory where descriptors are in the module
   */
  abstract void describe(
      Archive<?> module, String directory, AdapterName adapter, List<String> beans);

  /** Adds to an application with the adapter in it what the server needs to be told of that. */
  EnterpriseArchive complete(EnterpriseArchive application) {
    return application;
  }

  /** Returns a regular expression for the replies to what is refused by a redeployment. */
  public String refusalsOfRedeployment() {
    return "(451|421) 4\\.3\\.2 .*";
  }

  /** Redeploys an application in place. */
  public abstract void redeploy(String application);

  /** Returns the process id. */
  abstract long pid();

  /** Returns the file that the server logs to, at its usual level. */
  public Path log() {
    return logs().get(0);
  }

  /** Returns that file, and any further files that the container logs finer levels to. */
  abstract List<Path> logs();

  /** Returns the file that the server logs to which tests have of their own. */
  abstract Path logOfSecond();

  /** Adds a user to those whom the server itself knows, or replaces the one of that name. */
  public abstract void addUser(String user, String password, String groups);

  /** Makes the container log everything, or only what it logs by default. */
  public abstract void logEverything(boolean everything);

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
  public List<String> openFilesIn(Path directory) {
    try (Stream<Path> files = Files.list(Path.of("/proc", String.valueOf(pid()), "fd"))) {
      return files
          .map(Container::target)
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
