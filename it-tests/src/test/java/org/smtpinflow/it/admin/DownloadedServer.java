// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.it.admin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.smtpinflow.it.container.Archives;
import org.smtpinflow.it.environment.OsProgram;
import org.smtpinflow.it.environment.TestEnvironment;

/**
 * A server as an administrator has it who begins at the top of its page: unpacked in a directory,
 * beside the adapter and the files of the page. The scripts of the page are run there. Ports are
 * {@link AdministeredPorts others that are free}, and certificates where {@link
 * AdministeredCertificate} has put them; all else is as on the page.
 */
public final class DownloadedServer {

  private static final Path DIRECTORY = TestEnvironment.DIRECTORY.resolve("downloaded-server");
  private static final String SCRIPT = ".sh";

  private final AdministeredPorts ports = new AdministeredPorts();

  /** Deletes the directory and creates it again. */
  public void unpack() throws IOException {
    OsProgram.run("rm", "-rf", DIRECTORY.toString());
    Files.createDirectories(DIRECTORY);
    // A copy, not a link: the server finds its files from where its commands really are.
    OsProgram.run("cp", "-a", TestEnvironment.SERVER_HOME.toString(), DIRECTORY.toString());
    Files.copy(Archives.DIRECTORY.resolve(Archives.ADAPTER), path(Archives.ADAPTER));
    for (Path file : AdministrationFiles.all()) {
      String name = file.getFileName().toString();
      if (!name.endsWith(SCRIPT)) {
        Files.writeString(path(name), file(name));
      }
    }
  }

  /** Returns where something is, by the path that it has on the page. */
  public Path path(String onPage) {
    return DIRECTORY.resolve(onPage);
  }

  /** Returns the text of a file or script of the page. */
  public String file(String name) {
    return AdministeredCertificate.putInto(ports.putInto(AdministrationFiles.read(name)));
  }

  /** Puts free ports into a file of the distribution. */
  public void changePorts(String onPage) throws IOException {
    Path file = path(onPage);
    Files.writeString(file, ports.putInto(Files.readString(file)));
  }

  /** Returns the port that stands for one on the page. */
  public int port(int onPage) {
    return ports.of(onPage);
  }

  /** Runs scripts of the page, one after the other; fails with the first command that does. */
  public void run(String... scripts) {
    shell(Stream.of(scripts).map(this::file).collect(Collectors.joining("\n")));
  }

  /** Runs commands, and fails with the first one that does. */
  public void shell(String commands) {
    String script = String.join("\n", "set -euo pipefail", "cd '" + DIRECTORY + "'", commands);
    OsProgram.run(environment(), List.of("bash", "-c", script)).assertSuccess();
  }

  private static Map<String, String> environment() {
    return Map.of(
        "JAVA_HOME",
        TestEnvironment.JAVA_HOME.toString(),
        "PATH",
        TestEnvironment.PATH,
        // With it TomEE can be stopped by force.
        "CATALINA_PID",
        DIRECTORY.resolve("pid").toString());
  }
}
