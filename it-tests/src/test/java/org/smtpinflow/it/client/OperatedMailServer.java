// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.it.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import org.smtpinflow.it.app.MailServerServlet;
import org.smtpinflow.it.app.OperatedBean;

/**
 * The mail server of an application that has a {@link MailServerServlet} to operate it by, and an
 * {@link OperatedBean} to take mail.
 */
public final class OperatedMailServer {

  private static final String RECIPIENT = "one@operated.example";

  private final int httpPort;

  /** That of the application in the server that is at a port for HTTP. */
  public OperatedMailServer(int httpPort) {
    this.httpPort = httpPort;
  }

  /**
   * Asks the application for something: pause, resume, drain or statistics. Returns the statistics
   * that it answers with, or why there is no answer.
   */
  public String ask(String task) {
    URI uri = URI.create("http://127.0.0.1:" + httpPort + "/application/mail-server?" + task);
    try {
      return HttpClient.newHttpClient()
          .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
          .body();
    } catch (IOException e) {
      return e.toString();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Sends a mail to the application's bean. */
  public static void assertThatMailIsTaken(int smtpPort) throws IOException {
    assertThatMailIsTaken(smtpPort, RECIPIENT);
  }

  /** Sends a mail to another bean of the same mail server. */
  public static void assertThatMailIsTaken(int smtpPort, String recipient) throws IOException {
    try (SmtpConnection connection = new SmtpConnection(smtpPort)) {
      Transcript.play(
          connection,
          """
          S: 220 mx.example.com ...
          C: HELO client.example
          S: 250 ...
          C: MAIL FROM:<sender@example.org>
          S: 250 2.1.0 ...
          C: RCPT TO:<%s>
          S: 250 2.1.5 ...
          C: DATA
          S: 354 ...
          C: Subject: administration
          C:
          C: .
          S: 250 2.0.0 ...
          """
              .formatted(recipient));
    }
  }

  /** Pauses it in the middle of a mail, drains it and resumes; none was refused before. */
  public void assertThatItPausesDrainsAndResumes(int smtpPort) throws IOException {
    try (SmtpConnection open = new SmtpConnection(smtpPort)) {
      Transcript.play(
          open,
          """
          S: 220 ...
          C: HELO client.example
          S: 250 ...
          C: MAIL FROM:<sender@example.org>
          S: 250 2.1.0 ...
          """);
      assertThat(ask("pause")).contains("state=PAUSED", "sessionsOpen=1");
      try (SmtpConnection refused = new SmtpConnection(smtpPort)) {
        Transcript.play(refused, "S: 421 4.3.2 mx.example.com Service is paused\nS: (closed)");
      }
      Transcript.play(
          open,
          """
          C: RCPT TO:<%s>
          S: 250 2.1.5 ...
          C: DATA
          S: 354 ...
          C: Subject: pause
          C:
          C: .
          S: 250 2.0.0 ...
          S: 421 4.3.2 ...
          S: (closed)
          """
              .formatted(RECIPIENT));
    }
    assertThat(ask("drain"))
        .contains("drained true", "state=PAUSED", "sessionsOpen=0", "sessionsRefused=1");

    assertThat(ask("resume")).contains("state=OPEN");
    assertThatMailIsTaken(smtpPort);
  }
}
