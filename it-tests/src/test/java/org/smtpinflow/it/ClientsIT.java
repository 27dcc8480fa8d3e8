// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.it;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.mail.MessagingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.smtpinflow.it.app.RefusingBean;
import org.smtpinflow.it.app.StoringBean;
import org.smtpinflow.it.client.AngusMail;
import org.smtpinflow.it.container.Archives;
import org.smtpinflow.it.environment.Database;
import org.smtpinflow.it.environment.OsProgram;
import org.smtpinflow.it.environment.Sighting;
import org.smtpinflow.it.environment.TestEnvironment;

/** Programs and libraries that people send mail with. */
@ExtendWith(ArquillianExtension.class)
class ClientsIT {

  private static final String CONTENT =
      """
      From: sender@example.org
      To: one@store.example
      Subject: client

      .leading dot
      ..
      last line
      """
          .replace("\n", "\r\n");

  @TempDir private Path directory;

  @Deployment(testable = false)
  static EnterpriseArchive application() {
    return Archives.application(
        "clients", Archives.adapter(), StoringBean.class, RefusingBean.class);
  }

  private Path contentFile() throws IOException {
    return Files.writeString(directory.resolve("content.eml"), CONTENT, ISO_8859_1);
  }

  private static void assertThatContentArrived(String mailbox) {
    List<Sighting> sightings = Database.sightingsOfRecipient(mailbox);
    assertThat(sightings).hasSize(1);
    assertThat(sightings.get(0).content()).endsWith(CONTENT);
  }

  private OsProgram.Result curl(String recipient) throws IOException {
    return OsProgram.runIfInstalled(
        "curl",
        "--silent",
        "--show-error",
        "--verbose",
        "smtp://127.0.0.1:" + TestEnvironment.SMTP_PORT + "/client.example",
        "--mail-from",
        "sender@example.org",
        "--mail-rcpt",
        recipient,
        "--upload-file",
        contentFile().toString());
  }

  @Test
  void curlDelivers() throws IOException {
    assertThat(curl("curl@store.example").exitCode()).isZero();

    assertThatContentArrived("curl@store.example");
  }

  @Test
  void curlIsTold() throws IOException {
    OsProgram.Result result = curl("curl@refuse.example");

    assertThat(result.exitCode()).isNotZero();
    assertThat(result.output()).contains("< 550 5.7.1 Nothing is taken here");
  }

  @ParameterizedTest
  @ValueSource(strings = {"swaks@store.example", "swaks-pipelining@store.example"})
  void swaksDelivers(String recipient) throws IOException {
    OsProgram.Result result =
        OsProgram.runIfInstalled(
            "swaks",
            "--server",
            "127.0.0.1:" + TestEnvironment.SMTP_PORT,
            recipient.contains("pipelining") ? "--pipeline" : "--no-hints",
            "--ehlo",
            "client.example",
            "--from",
            "sender@example.org",
            "--to",
            recipient,
            "--data",
            "@" + contentFile());

    assertThat(result.exitCode()).as(result.output()).isZero();
    // swaks adds a line end after the last line.
    assertThat(Database.sightingsOfRecipient(recipient)).hasSize(1);
    assertThat(Database.sightingsOfRecipient(recipient).get(0).content()).contains(CONTENT);
  }

  @Test
  void pythonDelivers() throws IOException {
    OsProgram.Result result =
        OsProgram.runIfInstalled(
            "python3",
            "-c",
            """
            import smtplib, sys
            with smtplib.SMTP("127.0.0.1", int(sys.argv[1]), local_hostname="client.example") as client:
                for recipient in ("python-1@store.example", "python-2@store.example"):
                    content = open(sys.argv[2], "rb").read()
                    client.sendmail("sender@example.org", [recipient], content)
            """,
            String.valueOf(TestEnvironment.SMTP_PORT),
            contentFile().toString());

    assertThat(result.exitCode()).as(result.output()).isZero();
    assertThatContentArrived("python-1@store.example");
    assertThatContentArrived("python-2@store.example");
  }

  private static AngusMail angusMail() {
    return new AngusMail(TestEnvironment.SMTP_PORT);
  }

  @Test
  void angusMailDelivers() throws MessagingException {
    String text = ".\r\n".repeat(1000);

    angusMail().send("angus-data@store.example", text);

    assertThatTextArrived("angus-data@store.example", text);
  }

  /**
   * Angus Mail sends by BDAT (RFC 3030) when it is given the size of a chunk. It doubles the dots
   * at the beginning of lines then too, as only DATA wants it (its BDATOutputStream is an
   * SMTPOutputStream), so there are none here.
   */
  @Test
  void angusMailDeliversInChunks() throws MessagingException {
    String text = "line\r\n".repeat(1000);

    String session = angusMail().with("chunksize", "1000").send("angus-bdat@store.example", text);

    assertThat(session).contains("BDAT 1000").containsPattern("BDAT \\d+ LAST");
    assertThatTextArrived("angus-bdat@store.example", text);
  }

  private static void assertThatTextArrived(String mailbox, String text) {
    List<Sighting> sightings = Database.sightingsOfRecipient(mailbox);
    assertThat(sightings).hasSize(1);
    assertThat(sightings.get(0).content()).endsWith("\r\n\r\n" + text);
  }

  @Test
  void angusMailIsTold() {
    assertThatThrownBy(() -> angusMail().send("angus@refuse.example", "Hello"))
        .hasMessageContaining("550 5.7.1 Nothing is taken here");
  }
}
