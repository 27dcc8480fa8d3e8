// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.sasl.credentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.smtpinflow.api.Client;
import org.smtpinflow.smtp.sasl.AuthenticationUnavailableException;
import org.smtpinflow.smtp.sasl.CapturedLog;
import org.smtpinflow.smtp.sasl.PasswordVerifier;
import org.smtpinflow.smtp.sasl.scram.ScramUsers;
import org.smtpinflow.smtp.sasl.scram.ScramVerifier;

/** The file, read when it is needed and when it has changed. */
class CredentialsFileTest {

  private static final String VERIFIER = verifier("pencil", 4096);

  @TempDir private Path directory;

  private static String verifier(String password, int iterations) {
    return ScramVerifier.of(password.toCharArray(), new byte[16], iterations).format();
  }

  private Path path() {
    return directory.resolve("credentials");
  }

  private void write(String text) throws IOException {
    Path written = directory.resolve("written");
    Files.writeString(written, text);
    Files.setPosixFilePermissions(written, PosixFilePermissions.fromString("rw-------"));
    Files.move(written, path(), StandardCopyOption.REPLACE_EXISTING);
  }

  private static Optional<Client.Identity> find(CredentialsFile file, String user)
      throws AuthenticationUnavailableException {
    return file.find(user).identity();
  }

  @Test
  void readsUsersAndTheirGroups() throws Exception {
    write("# people\n\ndemo:agent, admin:" + VERIFIER + "\r\nd\u00ad\u2168::" + VERIFIER);
    CredentialsFile file = CredentialsFile.at(path());
    assertThat(find(file, "demo")).contains(new Client.Identity("demo", Set.of("agent", "admin")));
    assertThat(find(file, "dIX")).contains(new Client.Identity("dIX", Set.of()));
    assertThat(find(file, "nobody")).isEmpty();
  }

  @Test
  void checksPasswords() throws Exception {
    write("demo:agent:" + VERIFIER);
    PasswordVerifier verifier = new CredentialsFileVerifier(CredentialsFile.at(path()));
    assertThat(verifier.verify("demo", "pencil".toCharArray()))
        .contains(new Client.Identity("demo", Set.of("agent")));
    assertThat(verifier.verify("demo", "pencils".toCharArray())).isEmpty();
    assertThat(verifier.verify("nobody", "pencil".toCharArray())).isEmpty();
  }

  /** The decoy must take as long to check as a real verifier. */
  @Test
  void makesDecoysForUnknownNames() throws Exception {
    write("demo::" + verifier("x", 12_345));
    CredentialsFile file = CredentialsFile.at(path());
    ScramUsers.Candidate unknown = file.find("nobody");
    assertThat(unknown.identity()).isEmpty();
    assertThat(unknown.verifier().iterations()).isEqualTo(12_345);
    assertThat(unknown.verifier().salt())
        .hasSize(16)
        .isEqualTo(file.find("nobody").verifier().salt());
  }

  @Test
  void isReadAgainWhenItHasChanged() throws Exception {
    write("demo::" + VERIFIER);
    CredentialsFile file = CredentialsFile.at(path());
    assertThat(find(file, "other")).isEmpty();
    write("other::" + VERIFIER);
    assertThat(find(file, "other")).isPresent();
    assertThat(find(file, "demo")).isEmpty();
  }

  @Test
  void keepsTheOldUsersWhenTheNewFileIsInvalid() throws Exception {
    write("demo::" + VERIFIER);
    CredentialsFile file = CredentialsFile.at(path());
    find(file, "demo");
    try (CapturedLog log = new CapturedLog()) {
      write("demo::" + VERIFIER + "\nother:SCRAM-SHA-256$sekrit\n");
      assertThat(find(file, "demo")).isPresent();
      assertThat(find(file, "demo")).isPresent();
      assertThat(log.warnings())
          .containsExactly(
              "The credentials file "
                  + path()
                  + ", line 2: not of the form name:group,group:verifier;"
                  + " the users read before stay in use");
      assertThat(log.text()).doesNotContain("sekrit");
      write("other::" + VERIFIER);
      assertThat(find(file, "other")).isPresent();
    }
  }

  @Test
  void keepsTheOldUsersWhenTheFileIsMissing() throws Exception {
    write("demo::" + VERIFIER);
    CredentialsFile file = CredentialsFile.at(path());
    find(file, "demo");
    try (CapturedLog log = new CapturedLog()) {
      Files.delete(path());
      assertThat(find(file, "demo")).isPresent();
      assertThat(find(file, "demo")).isPresent();
      assertThat(log.warnings()).singleElement().asString().contains(path().toString());
    }
  }

  @Test
  void isUnavailableUntilItHasBeenRead() throws Exception {
    CredentialsFile file = CredentialsFile.at(path());
    try (CapturedLog log = new CapturedLog()) {
      assertThatThrownBy(() -> file.find("demo"))
          .isInstanceOf(AuthenticationUnavailableException.class);
      assertThatThrownBy(() -> file.find("demo"))
          .isInstanceOf(AuthenticationUnavailableException.class);
      assertThat(log.warnings()).hasSize(1);
    }
    write("demo::" + VERIFIER);
    assertThat(find(file, "demo")).isPresent();
  }

  @Test
  void warnsOnceOfAMissingDecoyKey() throws Exception {
    write("demo::" + VERIFIER);
    CredentialsFile file = CredentialsFile.at(path());
    try (CapturedLog log = new CapturedLog()) {
      find(file, "demo");
      write("demo::" + VERIFIER + "\nother::" + VERIFIER);
      find(file, "demo");
      assertThat(log.text()).containsOnlyOnce("has no decoy key");
      assertThat(log.warnings()).isEmpty();
    }
  }

  @Test
  void warnsOfAFileThatOthersCanRead() throws Exception {
    write("demo::" + VERIFIER);
    CredentialsFile file = CredentialsFile.at(path());
    try (CapturedLog log = new CapturedLog()) {
      find(file, "demo");
      assertThat(log.warnings()).isEmpty();
      Files.setPosixFilePermissions(path(), PosixFilePermissions.fromString("rw-r--r--"));
      find(CredentialsFile.at(path()), "demo");
      assertThat(log.warnings()).singleElement().asString().contains("can be read by every user");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "demo",
        "demo:agent",
        "demo::sekrit",
        ":agent:V",
        " demo::V",
        "\u00ad::V",
        "de\u0007mo::V",
        "demo:,:V",
        "demo:a,,b:V",
        "demo::V:x",
        "demo::SCRAM-SHA-256$4095:AAAAAAAAAAAAAAAAAAAAAA==$K:K",
        "demo::SCRAM-SHA-256$99999999:AAAAAAAAAAAAAAAAAAAAAA==$K:K",
        "demo::SCRAM-SHA-256$4096:AAAA$K:K",
        "demo::SCRAM-SHA-256$4096:AAAAAAAAAAAAAAAAAAAAA*==$K:K",
        "demo::SCRAM-SHA-256$4096:AAAAAAAAAAAAAAAAAAAAAA==$AAAA:K",
        "#decoy-key:",
        "#decoy-key:AAAA",
        "#decoy-key:sekrit*",
        "demo::SCRAM-SHA-1$4096:AAAAAAAAAAAAAAAAAAAAAA==$K:K",
        "first::V"
      })
  void namesTheInvalidLine(String line) throws Exception {
    String key = "A".repeat(43) + "=";
    write(
        "first::"
            + VERIFIER
            + "\n"
            + line.replace(":V", ":" + VERIFIER).replace("$K", "$" + key).replace(":K", ":" + key));
    assertThatThrownBy(() -> CredentialsTable.read(path()))
        .isInstanceOf(CredentialsSyntaxException.class)
        .hasMessageStartingWith("The credentials file " + path() + ", line 2: ")
        .hasMessageNotContaining("sekrit")
        .hasMessageNotContaining("AAAA");
  }

  @Test
  void namesTheLineThatIsNotUtf8() throws Exception {
    Files.write(path(), new byte[] {'#', '\n', '#', (byte) 0xff, '\n', '#', '\n'});
    assertThatThrownBy(() -> CredentialsTable.read(path()))
        .hasMessageEndingWith("line 2: not UTF-8");
  }
}
