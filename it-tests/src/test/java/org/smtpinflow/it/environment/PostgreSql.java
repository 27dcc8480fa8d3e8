// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.it.environment;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A PostgreSQL of our own, as its distribution configures it: a commit is on the disk before it is
 * confirmed. It has an empty database.
 */
public final class PostgreSql implements AutoCloseable {

  public static final String USER = "helpdesk";
  public static final String PASSWORD = "secret";
  public static final String DATABASE = "postgres";
  public static final String HOST = "127.0.0.1";

  /** Where distributions put programs that only PostgreSQL itself calls. */
  private static final Path VERSIONS = Path.of("/usr/lib/postgresql");

  /** PostgreSQL does not run as root. */
  private static final List<String> UNPRIVILEGED =
      List.of("setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups");

  private final Path directory;
  private final int port = PortOffset.findOne();
  private final Process process;

  /** Starts it; skips the test where it is not installed. */
  public PostgreSql() throws IOException {
    assumeTrue(Files.isDirectory(VERSIONS), "PostgreSQL is not installed");
    directory = Files.createTempDirectory("smtp-inflow-postgresql");
    if (isRoot()) {
      Files.setOwner(
          directory,
          directory
              .getFileSystem()
              .getUserPrincipalLookupService()
              .lookupPrincipalByName("postgres"));
    }
    Path password = Files.writeString(directory.resolve("password"), PASSWORD);
    Files.setPosixFilePermissions(password, PosixFilePermissions.fromString("rw-r--r--"));
    OsProgram.run(
            command(
                "initdb",
                "--pgdata=" + directory.resolve("data"),
                "--username=" + USER,
                "--pwfile=" + password,
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--no-locale"))
        .assertSuccess();
    process =
        new ProcessBuilder(
                command(
                    "postgres",
                    "-D",
                    directory.resolve("data").toString(),
                    "-p",
                    String.valueOf(port),
                    "-k",
                    directory.toString()))
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("log").toFile())
            .start();
    Await.until("PostgreSQL", this::answers);
  }

  private static boolean isRoot() {
    return System.getProperty("user.name").equals("root");
  }

  private static String[] command(String program, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(isRoot() ? UNPRIVILEGED : List.of());
    command.add(find(program).toString());
    command.addAll(List.of(arguments));
    return command.toArray(String[]::new);
  }

  private static Path find(String program) throws IOException {
    try (Stream<Path> versions = Files.list(VERSIONS)) {
      return versions
          .map(version -> version.resolve("bin").resolve(program))
          .filter(Files::isExecutable)
          .findAny()
          .orElseThrow();
    }
  }

  private boolean answers() {
    try (Connection connection = DriverManager.getConnection(url(), USER, PASSWORD)) {
      return connection.isValid(0);
    } catch (SQLException e) {
      if (!process.isAlive()) {
        throw new IllegalStateException("PostgreSQL does not start; see " + directory, e);
      }
      return false;
    }
  }

  /** Returns the JDBC URL of the database. */
  public String url() {
    return "jdbc:postgresql://" + HOST + ":" + port + "/" + DATABASE;
  }

  public int port() {
    return port;
  }

  /** Returns the archive with its driver. */
  public static Path driver() {
    return Path.of(
        URI.create(
            org.postgresql.Driver.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toString()));
  }

  /** Ends it, without waiting for its clients. */
  @Override
  public void close() {
    OsProgram.run("kill", "-INT", String.valueOf(process.pid()));
    Await.until("the end of PostgreSQL", () -> !process.isAlive());
    OsProgram.run("rm", "-r", directory.toString());
  }
}
