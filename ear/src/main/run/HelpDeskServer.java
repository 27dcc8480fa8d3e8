// SPDX-License-Identifier: Apache-2.0

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.wildfly.core.launcher.Launcher;
import org.wildfly.core.launcher.StandaloneCommandBuilder;

/**
 * Runs WildFly with the help desk in it, in the foreground. The server ends with this process, and
 * this process ends with the one that has started it, whatever ends that.
 *
 * <p>Run by {@code java -cp $server/bin/launcher.jar}, with the properties of the README as system
 * properties, and these: {@code run.server}, the unpacked distribution; {@code run.application},
 * the EAR; {@code run.files}, the directory of this file; {@code run.modules}, a directory with
 * further modules. If the server fails, the reason is in the file {@code run.failure} at the end,
 * and the exit code is {@value #FAILURE_WRITTEN}.
 */
public class HelpDeskServer {

  private static final String APPLICATION = "helpdesk.ear";

  /** The JVM itself exits with 1 after an exception. */
  private static final int FAILURE_WRITTEN = 2;

  /** The server writes it when it has started. */
  private static final String STARTED = "tmp/startup-marker";

  private static final List<String> PORTS =
      List.of(
          "smtpPort",
          "submissionPort",
          "submissionsPort",
          "lmtpPort",
          "httpPort",
          "managementPort");
  private static final long POLL_MILLIS = 100;

  private static final String CAUSED_BY = "Caused by: ";
  private static final int MAX_REASONS = 5;
  private static final Pattern CAUSE = Pattern.compile("Caused by: ([^\n]*?)[\"},\\s]*(?:\n|$)");

  /** A service of the application is missing because of another one. */
  private static final Pattern MISSING =
      Pattern.compile("is missing \\[(?!jboss\\.deployment)([^\\]]*)\\]");

  private final Path server = Path.of(setting("server"));
  private final Path files = Path.of(setting("files"));
  private final Path base = Path.of(setting("data"), "wildfly");
  private final Path configuration = base.resolve("configuration");
  private final Path deployments = base.resolve("deployments");
  private final Path log = base.resolve("log/server.log");
  private final Path keyStore = Path.of(setting("data"), "certificate.p12");
  // No secret: who can read the file can read this.
  private final String keyStorePassword = "helpdesk";

  /** How many characters the log had before this start. */
  private int logStart;

  private volatile boolean stopping;

  public static void main(String[] args) throws IOException, InterruptedException {
    ProcessHandle.current()
        .parent()
        .ifPresent(parent -> parent.onExit().thenRun(() -> System.exit(1)));
    System.exit(new HelpDeskServer().run());
  }

  /** Returns a setting; empty if it is not set. */
  private static String setting(String name) {
    return System.getProperty("run." + name, "");
  }

  private int run() throws IOException, InterruptedException {
    layOut();
    makeCertificate();
    logStart = Files.exists(log) ? Files.readString(log).length() : 0;
    System.out.println("WildFly starts. It logs to " + log);
    Process process = launch();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(process)));
    new Thread(() -> show(process)).start();
    String failure = awaitStart(process);
    if (failure.isEmpty()) {
      System.out.println(notice());
      int exitCode = process.waitFor();
      failure = exitCode == 0 ? "" : "WildFly ended with exit code " + exitCode + ".";
    }
    stop(process);
    if (failure.isEmpty()) {
      return 0;
    }
    Files.writeString(
        Path.of(setting("failure")), failure + System.lineSeparator() + "The whole log is " + log);
    return FAILURE_WRITTEN;
  }

  /**
   * Makes the server's directory, with the configuration of the distribution, its user and the
   * application.
   */
  private void layOut() throws IOException {
    copy(server.resolve("standalone/configuration"), configuration);
    copy(files.resolve("configuration"), configuration);
    // By this the server logs until it has read server.yml.
    Path logging = configuration.resolve("logging.properties");
    Files.writeString(
        logging,
        Files.readString(logging)
            .replace("handler.CONSOLE.level=INFO", "handler.CONSOLE.level=WARN"));
    if (Files.exists(deployments)) {
      for (Path former : list(deployments)) {
        Files.delete(former);
      }
    }
    Files.createDirectories(deployments);
    Files.copy(Path.of(setting("application")), deployments.resolve(APPLICATION));
    Files.deleteIfExists(Path.of(setting("failure")));
    Files.deleteIfExists(base.resolve(STARTED));
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    for (Path file : list(from)) {
      if (Files.isRegularFile(file)) {
        Files.copy(file, to.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  private static List<Path> list(Path directory) throws IOException {
    try (Stream<Path> found = Files.list(directory)) {
      return found.toList();
    }
  }

  /** Makes a self-signed certificate at the first start; it is kept with the tickets. */
  private void makeCertificate() throws IOException, InterruptedException {
    if (Files.exists(keyStore)) {
      return;
    }
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "localhost",
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-validity",
                "3650",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=dns:localhost,ip:127.0.0.1",
                "-storetype",
                "PKCS12",
                "-keystore",
                keyStore.toString(),
                "-storepass",
                keyStorePassword)
            .redirectErrorStream(true)
            .start();
    String output = new String(keytool.getInputStream().readAllBytes(), Charset.defaultCharset());
    if (keytool.waitFor() != 0) {
      throw new IOException("keytool cannot make " + keyStore + ": " + output);
    }
  }

  private Process launch() throws IOException {
    StandaloneCommandBuilder command =
        StandaloneCommandBuilder.of(server)
            .setBaseDirectory(base)
            .setServerConfiguration("standalone-full.xml")
            .setYamlFiles(files.resolve("server.yml"))
            .addServerArguments(
                "-Djboss.http.port=" + setting("httpPort"),
                "-Djboss.management.http.port=" + setting("managementPort"),
                "-Djboss.tx.node.id=helpdesk",
                "-Dsmtp-inflow.smtpPort=" + setting("smtpPort"),
                "-Dsmtp-inflow.submissionPort=" + setting("submissionPort"),
                "-Dsmtp-inflow.submissionsPort=" + setting("submissionsPort"),
                "-Dsmtp-inflow.lmtpPort=" + setting("lmtpPort"),
                "-Dsmtp-inflow.tlsKeyStoreFile=" + keyStore,
                "-Dsmtp-inflow.tlsKeyStorePassword=" + keyStorePassword,
                "-Dhelpdesk.mailHost=" + setting("mailHost"),
                "-Dhelpdesk.mailPort=" + setting("mailPort"),
                "-Dhelpdesk.database=" + database(),
                "-Dhelpdesk.databaseDriver=" + (isPostgreSql() ? "postgresql" : "h2"),
                "-Dhelpdesk.databaseUser=" + databaseUser());
    command.addModuleDirs(server.resolve("modules").toString(), setting("modules"));
    // Not an argument, which everybody on the machine could see.
    return Launcher.of(command)
        .setRedirectErrorStream(true)
        .addEnvironmentVariable("HELPDESK_DATABASE_PASSWORD", databasePassword())
        .launch();
  }

  /** Returns the URL of the database: a file, unless another one is chosen. */
  private static String database() {
    // Without WRITE_DELAY=0, H2 writes a commit up to half a second after it has confirmed it.
    // Without
    // REUSE_SPACE=FALSE, H2 2.2 often cannot open a file that was repaired after a kill and closed.
    return setting("database").isEmpty()
        ? "jdbc:h2:file:" + setting("data") + "/helpdesk;WRITE_DELAY=0;REUSE_SPACE=FALSE"
        : setting("database");
  }

  private static boolean isPostgreSql() {
    return database().startsWith("jdbc:postgresql:");
  }

  /**
   * Returns the user of the database: without one, the user whom PostgreSQL's own programs take, or
   * that of H2.
   */
  private static String databaseUser() {
    if (!setting("databaseUser").isEmpty()) {
      return setting("databaseUser");
    }
    return isPostgreSql() ? System.getProperty("user.name") : "sa";
  }

  /** Returns the password of the database; the server takes no empty one. */
  private static String databasePassword() {
    String password = System.getenv().getOrDefault("RUN_DATABASE_PASSWORD", "");
    return password.isEmpty() ? "sa" : password;
  }

  /** Waits until the server has started. Returns why the help desk is not open, or "". */
  private String awaitStart(Process process) throws IOException, InterruptedException {
    Path started = base.resolve(STARTED);
    while (!Files.exists(started)) {
      if (!process.isAlive()) {
        return "WildFly ended with exit code "
            + process.exitValue()
            + " before the help desk was open.";
      }
      Thread.sleep(POLL_MILLIS);
    }
    Path failed = deployments.resolve(APPLICATION + ".failed");
    if (Files.exists(failed)) {
      String reasons = reasons(Files.readString(failed));
      return "The help desk could not be deployed:" + reasons + loggedReasons(reasons);
    }
    for (String port : PORTS) {
      if (!isOpen(setting(port))) {
        return "WildFly has started, but -Drun." + port + "=" + setting(port) + " is not open.";
      }
    }
    return "";
  }

  /**
   * Returns the innermost causes in the description of a failed deployment, a line each; if it
   * names none, what is missing; else all of it.
   */
  private static String reasons(String description) {
    String text = description.replace("\\n", "\n").replace("\\", "");
    Set<String> reasons = new LinkedHashSet<>();
    for (String service : text.split("=> \"")) {
      CAUSE
          .matcher(service)
          .results()
          .reduce((outer, inner) -> inner)
          .ifPresent(cause -> reasons.add(cause.group(1)));
    }
    if (reasons.isEmpty()) {
      MISSING
          .matcher(text)
          .results()
          .forEach(missing -> reasons.add(missing.group(1) + " is missing"));
    }
    return System.lineSeparator()
        + (reasons.isEmpty() ? text : String.join(System.lineSeparator(), reasons));
  }

  /**
   * Returns the innermost cause in each stack trace of the log, a line each: an unreachable database is named only there.
   * Causes of the JDK's own types, such as "Connection refused", do not say what they are about. Omits those that are known.
   */
  private String loggedReasons(String known) throws IOException {
    Set<String> reasons = new LinkedHashSet<>();
    String cause = "";
    for (String line : Files.readString(log).substring(logStart).lines().toList()) {
      if (line.startsWith(CAUSED_BY)) {
        cause = line.startsWith(CAUSED_BY + "java.") ? cause : line.substring(CAUSED_BY.length());
      } else if (!line.startsWith("\t")) {
        reasons.add(cause);
        cause = "";
      }
    }
    reasons.removeIf(known::contains);
    return reasons.stream().limit(MAX_REASONS).map(reason -> System.lineSeparator() + reason).collect(Collectors.joining());
  }

  private static boolean isOpen(String port) {
    try (Socket socket = new Socket()) {
      socket.connect(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(port)));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private String notice() {
    return String.format(
        """

        The help desk is open.

            Send mail to  support@example.com  at  smtp://localhost:%s  (LMTP at port %s)
            Look at it on http://localhost:%s/helpdesk/
            Answer ticket 1 as the agent demo, through TLS  (or smtp:// with STARTTLS at port %s):
              curl --insecure --user demo:demo smtps://localhost:%s --mail-from demo@example.com --mail-rcpt support+1@example.com --upload-file answer.eml
            Everything that the server logs is in %s
            End with Ctrl-C.
        """,
        setting("smtpPort"),
        setting("lmtpPort"),
        setting("httpPort"),
        setting("submissionPort"),
        setting("submissionsPort"),
        log);
  }

  /**
   * Shows what the server writes to its screen. When it is stopped while it starts, it writes a
   * page for each service.
   */
  private void show(Process process) {
    try (BufferedReader reader = process.inputReader()) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        if (!stopping) {
          System.out.println(line);
        }
      }
    } catch (IOException e) {
      System.out.println("The output of the server cannot be shown: " + e);
    }
  }

  private void stop(Process process) {
    stopping = true;
    // process.destroy() would close the streams as well.
    process.toHandle().destroy();
    process.onExit().join();
  }
}
