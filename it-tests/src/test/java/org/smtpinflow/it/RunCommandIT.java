// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
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

  private final int offset = PortOffset.find();
  private final String page = "http://localhost:" + (PortOffset.HTTP + offset) + "/helpdesk/";

  /** Waits for the ticket: the server says that all is ready a moment before the page is there. */
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

  @Test
  void sampleRunsUntilCtrlCAndItsTicketsSurvive() throws IOException {
    Path directory = TestEnvironment.DIRECTORY.resolve("run-command");
    Path project = directory.resolve("project");
    RunCommand.delete(directory);
    RunCommand.copyProject(project);

    try (RunCommand command = new RunCommand(project, offset)) {
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
      command.interrupt();
    }
    try (RunCommand command = new RunCommand(project, offset)) {
      command.awaitReady();
      awaitTicket();
      assertThat(command.output()).doesNotContain("Replaced deployment");
      command.interrupt();
    }

    RunCommand.delete(directory);
  }
}
