// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.smtpinflow.it.client.SmtpConnection;
import org.smtpinflow.it.client.Transcript;
import org.smtpinflow.it.container.OnlyOn;
import org.smtpinflow.it.container.WildFly;
import org.smtpinflow.it.environment.Await;
import org.smtpinflow.it.environment.PortOffset;
import org.smtpinflow.it.environment.TestEnvironment;

/** The first thing that a new user does with a clone. */
@OnlyOn(value = WildFly.class, because = "the command runs WildFly")
class RunCommandIT {

  private static final Path DIRECTORY = TestEnvironment.DIRECTORY.resolve("run-command");
  private static final Path PROJECT = DIRECTORY.resolve("project");
  private static final String END_OF_NOTICE = "End with Ctrl-C.";
  private static final Pattern SERVER_LOG =
      Pattern.compile("Everything that the server logs is in (.*)");

  /** Maven's own messages are the last ten lines. */
  private static final int LAST_LINES = 20;

  private final int offset = PortOffset.find();
  private final String page = "http://localhost:" + (PortOffset.HTTP + offset) + "/helpdesk/";

  private void awaitTicket() {
    Await.until("the ticket", () -> tickets().contains("\"subject\":\"It does not work\""));
  }

  private String tickets() {
    HttpRequest request = HttpRequest.newBuilder(URI.create(page + "api/tickets")).build();
    try {
      return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private void sendMail() throws IOException {
    try (SmtpConnection connection = new SmtpConnection(PortOffset.SMTP + offset)) {
      Transcript.play(
          connection,
          """
          S: 220 ...
          C: HELO client.example
          S: 250 ...
          C: MAIL FROM:<me@example.org>
          S: 250 2.1.0 ...
          C: RCPT TO:<support@example.com>
          S: 250 2.1.5 ...
          C: DATA
          S: 354 ...
          C: Subject: It does not work
          C:
          C: Not at all.
          C: .
          S: 250 2.0.0 ...
          """);
    }
  }

  @BeforeAll
  static void copyProject() throws IOException {
    RunCommand.delete(DIRECTORY);
    RunCommand.copyProject(PROJECT);
  }

  @AfterAll
  static void deleteCopy() {
    RunCommand.delete(DIRECTORY);
  }

  @Test
  void everyPortThatIsTakenIsNamedBeforeAnythingIsBuilt() throws IOException {
    try (ServerSocket lmtp = new ServerSocket(PortOffset.LMTP + offset);
        ServerSocket page =
            new ServerSocket(PortOffset.HTTP + offset, 1, InetAddress.getLoopbackAddress());
        RunCommand command = new RunCommand(PROJECT, offset)) {
      assertThat(command.awaitEnd()).isNotZero();

      assertThat(command.lastLines(LAST_LINES).replace("[ERROR] ", "").lines())
          .contains(
              "port "
                  + lmtp.getLocalPort()
                  + " (LMTP) is in use: choose another one, e.g. -Drun.lmtpPort="
                  + (lmtp.getLocalPort() + 100),
              "port "
                  + page.getLocalPort()
                  + " (page) is in use: choose another one, e.g. -Drun.httpPort="
                  + (page.getLocalPort() + 100));
      assertThat(command.output()).doesNotContain("(SMTP)", "maven-compiler-plugin");
    }
  }

  @Test
  void deploymentThatFailsEndsTheServerAndTheBuildWithTheReason() throws IOException {
    int closed = PortOffset.findOne();
    try (RunCommand command =
        new RunCommand(
            PROJECT,
            offset,
            "-Drun.database=jdbc:postgresql://127.0.0.1:" + closed + "/helpdesk")) {
      assertThat(command.awaitEnd()).isNotZero();

      assertThat(command.lastLines(LAST_LINES))
          .contains(
              "The help desk could not be deployed",
              "Connection to 127.0.0.1:" + closed + " refused",
              "server.log");
    }
  }

  @Test
  void sampleRunsUntilASignalAndItsTicketsSurvive() throws IOException {
    try (RunCommand command = new RunCommand(PROJECT, offset)) {
      command.awaitReady();
      assertThat(command.output())
          .contains(
              "smtp://localhost:" + (PortOffset.SMTP + offset),
              "LMTP at port " + (PortOffset.LMTP + offset),
              "STARTTLS at port " + (PortOffset.SUBMISSION + offset),
              "--user demo:demo smtps://localhost:" + (PortOffset.SUBMISSIONS + offset),
              "Look at it on " + page);
      sendMail();
      awaitTicket();
      Await.until("the line for the mail", () -> linesAfterNotice(command).size() >= 1);
      assertThat(linesAfterNotice(command))
          .singleElement()
          .asString()
          .contains("from <me@example.org> to 1 recipients", "250 2.0.0");
      assertThat(command.output()).doesNotContain("java:global", "[org.jboss", "WFLYSRV0010");
      assertThat(serverLog(command)).content().contains("java:global", "WFLYSRV0010");
      command.interrupt();
    }
    try (RunCommand command = new RunCommand(PROJECT, offset)) {
      command.awaitReady();
      assertThat(tickets()).contains("\"subject\":\"It does not work\"");
      command.terminate();
    }
  }

  private static List<String> linesAfterNotice(RunCommand command) {
    try {
      String output = command.output();
      return output
          .substring(output.indexOf(END_OF_NOTICE) + END_OF_NOTICE.length())
          .lines()
          .filter(line -> !line.isBlank())
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the file that the notice names. */
  private static Path serverLog(RunCommand command) throws IOException {
    Matcher line = SERVER_LOG.matcher(command.output());
    assertThat(line.find()).as(command.output()).isTrue();
    return Path.of(line.group(1));
  }
}
