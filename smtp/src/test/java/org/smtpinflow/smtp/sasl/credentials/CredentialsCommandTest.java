// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.sasl.credentials;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.smtpinflow.api.Client;

/** The command that writes a credentials file. */
class CredentialsCommandTest {

  @TempDir private Path directory;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private Path path() {
    return directory.resolve("credentials");
  }

  private int run(String password, String... arguments) {
    return new CredentialsCommand(
            user ->
                CredentialsCommand.firstLineOf(
                    new ByteArrayInputStream(password.getBytes(StandardCharsets.UTF_8))),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8))
        .run(arguments);
  }

  private boolean accepts(String user, String password, String... groups) throws Exception {
    return new CredentialsFileVerifier(CredentialsFile.at(path()))
        .verify(user, password.toCharArray())
        .filter(new Client.Identity(user, Set.of(groups))::equals)
        .isPresent();
  }

  @Test
  void addsAUser() throws Exception {
    assertThat(run("pencil\n", path().toString(), "demo", "agent,admin")).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8))
        .isEqualTo("Added the user \"demo\" in " + path() + "." + System.lineSeparator());
    assertThat(accepts("demo", "pencil", "agent", "admin")).isTrue();
    assertThat(Files.getPosixFilePermissions(path()))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    assertThat(Files.readString(path())).doesNotContain("pencil");
  }

  /** Clients built on Cyrus SASL refuse to compute more: its MAX_ITERATION_COUNTER. */
  @Test
  void asksForNoMoreIterationsThanClientsCompute() throws Exception {
    run("pencil\n", path().toString(), "demo");
    assertThat(CredentialsTable.read(path()).verifiers())
        .singleElement()
        .satisfies(verifier -> assertThat(verifier.iterations()).isBetween(4096, 0x10000));
  }

  @Test
  void replacesAUserAndKeepsTheRest() throws Exception {
    run("one\n", path().toString(), "demo", "agent");
    Files.writeString(path(), "# people\n" + Files.readString(path()));
    run("two\r\n", path().toString(), "other");
    assertThat(run("three", path().toString(), "demo")).isZero();
    assertThat(accepts("demo", "one")).isFalse();
    assertThat(accepts("demo", "three")).isTrue();
    assertThat(accepts("other", "two")).isTrue();
    assertThat(Files.readAllLines(path())).hasSize(5).first().isEqualTo("# people");
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files).containsExactly(path());
    }
  }

  @Test
  void removesAUser() throws Exception {
    run("one\n", path().toString(), "demo");
    run("two\n", path().toString(), "other");
    assertThat(run("", "--remove", path().toString(), "demo")).isZero();
    assertThat(Files.readAllLines(path()).stream().filter(line -> !line.startsWith("#")))
        .singleElement()
        .asString()
        .startsWith("other::");
    assertThat(run("", "--remove", path().toString(), "demo")).isEqualTo(1);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains("There is no user \"demo\" in " + path());
  }

  private List<String> decoyKeys() throws Exception {
    return Files.readAllLines(path()).stream().filter(DecoyKey::isIn).toList();
  }

  @Test
  void givesTheFileADecoyKeyOnceAndKeepsIt() throws Exception {
    run("one\n", path().toString(), "demo");
    List<String> keys = decoyKeys();
    assertThat(keys).hasSize(1);
    run("two\n", path().toString(), "other");
    run("three\n", path().toString(), "demo");
    run("", "--remove", path().toString(), "demo");
    assertThat(decoyKeys()).isEqualTo(keys);
  }

  @Test
  void givesAnOldFileADecoyKeyAtItsNextChange() throws Exception {
    run("one\n", path().toString(), "demo");
    run("two\n", path().toString(), "other");
    Files.write(
        path(), Files.readAllLines(path()).stream().filter(l -> !l.startsWith("#")).toList());
    assertThat(accepts("demo", "one")).isTrue();
    run("", "--remove", path().toString(), "other");
    assertThat(decoyKeys()).hasSize(1);
    assertThat(accepts("demo", "one")).isTrue();
  }

  @Test
  void replacesTheFileBehindASymbolicLink() throws Exception {
    Path link = directory.resolve("link");
    run("one\n", path().toString(), "demo");
    Files.createSymbolicLink(link, path());
    assertThat(run("two\n", link.toString(), "demo")).isZero();
    assertThat(link).isSymbolicLink();
    assertThat(accepts("demo", "two")).isTrue();
  }

  @Test
  void printsItsUsage() {
    for (String[] wrong :
        List.of(
            new String[] {},
            new String[] {"file"},
            new String[] {"f", "u", "g", "x"},
            new String[] {"--remove", "f"},
            new String[] {"--remove", "f", "u", "g"},
            new String[] {"--delete", "f", "u"})) {
      err.reset();
      assertThat(run("", wrong)).isEqualTo(2);
      assertThat(err.toString(StandardCharsets.UTF_8)).startsWith("Usage: java ");
    }
    assertThat(run("", "--help")).isZero();
  }

  @Test
  void changesNothingOnAnError() throws Exception {
    assertThat(run("\n", path().toString(), "demo")).isEqualTo(1);
    assertThat(run("p\u0007\n", path().toString(), "demo")).isEqualTo(1);
    assertThat(run("p\n", path().toString(), "de:mo")).isEqualTo(1);
    assertThat(run("p\n", path().toString(), "demo", "a,,b")).isEqualTo(1);
    assertThat(run("p\n", directory.resolve("none/file").toString(), "demo")).isEqualTo(1);
    assertThat(path()).doesNotExist();
    assertThat(err.toString(StandardCharsets.UTF_8).lines())
        .hasSize(5)
        .last()
        .asString()
        .contains("There is no directory for ");
    Files.writeString(path(), "broken\n");
    assertThat(run("p\n", path().toString(), "demo")).isEqualTo(1);
    assertThat(Files.readString(path())).isEqualTo("broken\n");
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("line 1: ");
  }

  @Test
  void runsAsAProcess() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                CredentialsCommand.class.getName(),
                path().toString(),
                "demo")
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("out").toFile())
            .start();
    try (var input = process.getOutputStream()) {
      input.write("pencil\n".getBytes(StandardCharsets.UTF_8));
    }
    assertThat(process.waitFor()).isZero();
    assertThat(accepts("demo", "pencil")).isTrue();
  }
}
