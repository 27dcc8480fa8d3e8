// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.sasl.credentials;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.smtpinflow.smtp.sasl.scram.ScramVerifier;

/** The verifier of an unknown user changes no more often than that of a real user. */
class DecoyVerifiersTest {

  private static final List<String> NAMES =
      IntStream.range(0, 1000).mapToObj(i -> "nobody" + i).toList();

  @TempDir private Path directory;

  private static ScramVerifier user(int iterations, int saltOctets) {
    return ScramVerifier.decoy(iterations, new byte[saltOctets], new byte[32]);
  }

  private static String line(String name) {
    return name + "::" + user(4096, 16).format() + "\n";
  }

  /** Another start of the server: prints the salts of names. */
  public static void main(String... arguments) throws Exception {
    CredentialsFile file = CredentialsFile.at(Path.of(arguments[0]));
    for (int i = 1; i < arguments.length; i++) {
      System.out.println(salt(file, arguments[i]));
    }
  }

  private static String salt(CredentialsFile file, String user) throws Exception {
    return Base64.getEncoder().encodeToString(file.find(user).verifier().salt());
  }

  private List<String> saltsAfterARestart(Path file, String... names) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                DecoyVerifiersTest.class.getName(),
                file.toString()));
    Collections.addAll(command, names);
    Path out = directory.resolve("out");
    Process process =
        new ProcessBuilder(command)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .redirectOutput(out.toFile())
            .start();
    assertThat(process.waitFor()).isZero();
    return Files.readAllLines(out);
  }

  private Path file(String text) throws Exception {
    return Files.writeString(directory.resolve("credentials"), text);
  }

  @Test
  void aSaltIsTheSameAfterARestartAndOnAnotherServerWithTheSameFile() throws Exception {
    for (DecoyKey key : List.of(DecoyKey.random(), DecoyKey.random())) {
      Path file = file(String.join("\n", key.lines()) + "\n" + line("demo"));
      CredentialsFile here = CredentialsFile.at(file);
      Path copy = Files.writeString(directory.resolve("copy"), Files.readString(file));
      assertThat(saltsAfterARestart(copy, "nobody", "demo", "other"))
          .containsExactly(salt(here, "nobody"), salt(here, "demo"), salt(here, "other"))
          .doesNotHaveDuplicates();
    }
  }

  @Test
  void aSaltIsTheSameAfterARestartWithAFileThatHasNoKey() throws Exception {
    Path file = file(line("demo") + line("other"));
    assertThat(saltsAfterARestart(file, "nobody"))
        .containsExactly(salt(CredentialsFile.at(file), "nobody"));
  }

  @Test
  void aSaltStaysWhenUsersComeAndGo() throws Exception {
    String key = String.join("\n", DecoyKey.random().lines()) + "\n";
    CredentialsFile file = CredentialsFile.at(file(key + line("demo")));
    String salt = salt(file, "nobody");
    file(line("first") + key + line("demo") + line("last"));
    assertThat(salt(file, "nobody")).isEqualTo(salt);
    file(key);
    assertThat(salt(file, "nobody")).isEqualTo(salt);
  }

  @Test
  void anotherKeyGivesOtherSalts() {
    List<ScramVerifier> users = List.of(user(4096, 16));
    assertThat(new DecoyVerifiers(DecoyKey.random(), users).of("nobody").salt())
        .isNotEqualTo(new DecoyVerifiers(DecoyKey.random(), users).of("nobody").salt());
    assertThat(new DecoyVerifiers(DecoyKey.derivedFrom(users), users).of("nobody").salt())
        .isNotEqualTo(
            new DecoyVerifiers(DecoyKey.derivedFrom(List.of(user(4097, 16))), users)
                .of("nobody")
                .salt());
  }

  private static List<Integer> iterations(DecoyKey key, List<ScramVerifier> users) {
    DecoyVerifiers decoys = new DecoyVerifiers(key, users);
    return NAMES.stream().map(name -> decoys.of(name).iterations()).toList();
  }

  private static List<ScramVerifier> users(int old, int current) {
    List<ScramVerifier> users = new ArrayList<>(Collections.nCopies(old, user(4096, 16)));
    users.addAll(Collections.nCopies(current, user(65_536, 16)));
    return users;
  }

  /** The key is fixed, so the numbers are always the same. */
  @Test
  void iterationCountsAreAsFrequentAsAmongRealUsers() {
    DecoyKey key = DecoyKey.derivedFrom(List.of());
    List<Integer> iterations = iterations(key, users(9, 1));
    assertThat(iterations).containsOnly(4096, 65_536);
    assertThat(Collections.frequency(iterations, 65_536)).isBetween(70, 130);
    assertThat(iterations(key, users(9, 0))).containsOnly(4096);
    assertThat(iterations(key, List.of())).containsOnly(ScramVerifier.USUAL_ITERATIONS);
  }

  @Test
  void aNewUserChangesTheIterationCountOfADecoyOnlyToItsOwn() {
    DecoyKey key = DecoyKey.derivedFrom(List.of());
    List<Integer> before = iterations(key, users(7, 4));
    List<Integer> after = iterations(key, users(7, 5));
    int changed = 0;
    for (int i = 0; i < NAMES.size(); i++) {
      if (!after.get(i).equals(before.get(i))) {
        assertThat(after.get(i)).isEqualTo(65_536);
        changed++;
      }
    }
    assertThat(changed).isBetween(1, 100);
    assertThat(iterations(key, users(14, 8))).isEqualTo(before);
  }

  @Test
  void saltsAreAsLongAsThoseOfRealUsers() {
    for (int octets : List.of(8, 16, 32, 33, 100)) {
      byte[] salt =
          new DecoyVerifiers(DecoyKey.random(), List.of(user(4096, octets))).of("nobody").salt();
      assertThat(salt).hasSize(octets);
    }
  }
}
