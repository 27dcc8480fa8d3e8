// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.it.environment;

import java.io.File;
import java.nio.file.Path;

/** What the build has chosen: directories; and what TestRun has: ports that were free. */
public final class TestEnvironment {

  /** The name of the server under test: that of the profile that chooses it, or wildfly. */
  public static final String SERVER = property("it.server");

  /** The name of the class for the container under test: see the package container. */
  public static final String CONTAINER = property("it.container");

  /** Where the server's distribution is. */
  public static final Path SERVER_HOME = Path.of(property("it.serverHome"));

  /** What WildFly needs to be started with; empty if it is nothing. */
  public static final String SERVER_OPTIONS = System.getProperty("it.serverOptions", "");

  /** Where the scripts are that run the server, if it is not WildFly. */
  public static final Path SERVER_SCRIPTS = Path.of(property("it.serverScripts"));

  /** The JDK that the servers run on. */
  public static final Path JAVA_HOME = Path.of(property("it.javaHome"));

  /** The search path for programs that find the JDK there. */
  public static final String PATH =
      JAVA_HOME.resolve("bin") + File.pathSeparator + System.getenv("PATH");

  /** Where the build has put what the tests need, and what should stay until the next clean. */
  public static final Path BUILD = Path.of(property("it.build"));

  /** Where tests may leave files. Each JVM that runs tests has its own. */
  public static final Path DIRECTORY = Path.of(property("it.directory"));

  /** Where the server under test keeps content that is too long for the heap. */
  public static final Path CONTENT_DIRECTORY = Path.of(property("it.contentDirectory"));

  /** The port on which the adapter listens, unless an archive has another one inside. */
  public static final int SMTP_PORT = port("it.smtpPort");

  /** A port for an adapter that listens beside the usual one. */
  public static final int OTHER_SMTP_PORT = port("it.otherSmtpPort");

  /**
   * Where the application server's own mail session sends mail; nobody listens unless a test does.
   */
  public static final int MAIL_PORT = port("it.mailPort");

  /** Ports for adapters that have certificates inside; see SecureAdapter. */
  public static final int SUBMISSION_PORT = port("it.submissionPort");

  public static final int SUBMISSIONS_PORT = port("it.submissionsPort");
  public static final int LMTP_PORT = port("it.lmtpPort");

  static final int DATABASE_PORT = port("it.databasePort");
  public static final int MANAGEMENT_PORT = port("it.managementPort");

  private TestEnvironment() {}

  private static int port(String name) {
    return Integer.parseInt(property(name));
  }

  private static String property(String name) {
    String value = System.getProperty(name);
    if (value == null) {
      throw new IllegalStateException(
          "system property " + name + " is not set; run the tests by 'mvn verify'");
    }
    return value;
  }
}
