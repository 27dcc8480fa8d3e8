// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.it;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.json.Json;
import org.smtpinflow.it.client.HelpDesk;
import org.smtpinflow.it.container.Archives;
import org.smtpinflow.it.container.Container;
import org.smtpinflow.it.container.TomEE;
import org.smtpinflow.it.container.UnsupportedOn;
import org.smtpinflow.it.environment.OsProgram;
import org.smtpinflow.it.environment.TestEnvironment;

/** The sample, from the SMTP session to its JSON. */
@ExtendWith(ArquillianExtension.class)
@UnsupportedOn(value = TomEE.class, because = "the sample's EAR has no descriptor for TomEE")
class HelpDeskIT {

  @TempDir private Path directory;

  @Deployment(testable = false)
  static EnterpriseArchive application() {
    return Archives.helpDesk();
  }

  @Test
  void mailSentByCurlIsATicketWithItsContentIntact() throws IOException {
    OsProgram.assumeInstalled("curl");
    String content =
        """
        From: Customer <customer@example.org>
        To: support@example.com
        Subject: My printer is on curlfire

        .It burns.
        """
            .replace("\n", "\r\n");
    Path file = Files.writeString(directory.resolve("mail"), content, StandardCharsets.ISO_8859_1);

    OsProgram.Result curl =
        OsProgram.run(
            "curl",
            "--silent",
            "--show-error",
            "smtp://127.0.0.1:" + TestEnvironment.SMTP_PORT,
            "--mail-from",
            "customer@example.org",
            "--mail-rcpt",
            "support@example.com",
            "--upload-file",
            file.toString());

    assertThat(curl.exitCode()).as(curl.output()).isZero();
    List<Map<String, Object>> tickets = HelpDesk.tickets("curlfire");
    assertThat(tickets).hasSize(1);
    assertThat(tickets.get(0))
        .contains(
            entry("subject", "My printer is on curlfire"),
            entry("from", "Customer <customer@example.org>"),
            entry("messageCount", 1L));
    HttpResponse<String> original =
        HelpDesk.get("api/tickets/" + tickets.get(0).get("id") + "/messages/1/content");
    assertThat(original.headers().firstValue("Content-Type")).hasValue("message/rfc822");
    assertThat(original.body())
        .startsWith("Return-Path: <customer@example.org>\r\nReceived: from ")
        .endsWith("\r\n" + content);
  }

  @Test
  void mailToATicketIsAddedToIt() throws IOException {
    HelpDesk.send("support@example.com", "Subject: appendix\n\nFirst", "250 2.0.0 ...");
    Object id = HelpDesk.tickets("appendix").get(0).get("id");

    HelpDesk.send("support+" + id + "@example.com", "Subject: Re\n\nSecond", "250 2.0.0 ...");

    assertThat(HelpDesk.tickets("appendix"))
        .hasSize(1)
        .first()
        .extracting("messageCount")
        .isEqualTo(2L);
    assertThat(HelpDesk.get("api/tickets/" + id + "/messages/2/content").body())
        .endsWith("\r\nSubject: Re\r\n\r\nSecond\r\n");
  }

  @Test
  void mailToATicketThatThereIsNotOpensOne() throws IOException {
    HelpDesk.send("support+999999@example.com", "Subject: lostandfound\n\nHello", "250 2.0.0 ...");

    assertThat(HelpDesk.tickets("lostandfound")).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"quince", "MEDLAR", "sorb@", "damson", "support+bullace@", "greengage"})
  void searchFindsATicketBySubjectSenderRecipientsAndText(String text) throws IOException {
    if (HelpDesk.tickets("loganberry").isEmpty()) {
      HelpDesk.send(
          "support+bullace@example.com",
          """
          From: Medlar <sorb@example.org>
          To: Damson <damson@example.com>
          Subject: loganberry quince

          greengage
          """,
          "250 2.0.0 ...");
      HelpDesk.send("support@example.com", "Subject: tayberry\n\nHello", "250 2.0.0 ...");
    }

    assertThat(HelpDesk.tickets(text))
        .extracting(ticket -> ticket.get("id"))
        .containsExactly(HelpDesk.tickets("loganberry").get(0).get("id"));
  }

  @Test
  void attachmentsAreKept() throws IOException {
    HelpDesk.send(
        "support@example.com",
        """
        Subject: attached
        MIME-Version: 1.0
        Content-Type: multipart/mixed; boundary=b

        --b
        Content-Type: text/plain

        See the file.
        --b
        Content-Type: image/png
        Content-Disposition: attachment; filename="screen shot.png"
        Content-Transfer-Encoding: base64

        AAEC/w==
        --b--
        """,
        "250 2.0.0 ...");

    String ticket = "api/tickets/" + HelpDesk.tickets("attached").get(0).get("id");
    assertThat(HelpDesk.get(ticket).body())
        .contains("\"name\":\"screen shot.png\"", "\"type\":\"image/png\"", "\"size\":4");
    HttpResponse<String> file = HelpDesk.get(ticket + "/messages/1/attachments/1");
    assertThat(file.statusCode()).isEqualTo(200);
    assertThat(file.body()).isEqualTo("\u0000\u0001\u0002\u00ff");
    assertThat(file.headers().firstValue("Content-Disposition").orElse("none"))
        .startsWith("attachment;");
  }

  @ParameterizedTest
  @ValueSource(strings = {"api/tickets/999999", "api/tickets/999999/messages/1/content"})
  void whatThereIsNotIs404(String path) {
    assertThat(HelpDesk.get(path).statusCode()).isEqualTo(404);
  }

  @Test
  void archiveHasACopy() throws IOException {
    String mailId =
        HelpDesk.send(
                "support@example.com",
                "Subject: archived\n\nHello",
                "250 2.0.0 Message {id} delivered")
            .get("id");

    List<Map<String, Object>> copies = HelpDesk.archived(mailId);
    assertThat(copies).hasSize(1);
    assertThat(HelpDesk.get("api/archive/" + copies.get(0).get("id") + "/content").body())
        .endsWith("\r\nSubject: archived\r\n\r\nHello\r\n");
  }

  @ParameterizedTest
  @CsvSource({
    "reject,   '550 5.7.1 The help desk takes no mail here; write to support@example.com'",
    "defer,    '450 4.3.2 The help desk is closed at the moment; please try again later'",
    "rollback, '451 4.3.0 Message could not be processed, try again later'",
  })
  void mailThatIsNotTakenLeavesNoTicket(String localPart, String reply) throws IOException {
    String subject = "nottaken" + localPart;

    HelpDesk.send(localPart + "@example.com", "Subject: " + subject + "\n\nHello", reply);

    assertThat(HelpDesk.tickets(subject)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"Postmaster", "postmaster@example.com", "POSTMASTER@mx.example.com"})
  void postmasterTakesMail(String mailbox) throws IOException {
    String subject = "note-for-" + mailbox.replaceAll("\\W", "-");

    HelpDesk.send(mailbox, "Subject: " + subject + "\n\nHello", "250 2.0.0 ...");

    assertThat(HelpDesk.get("api/postmaster").body()).contains(subject);
  }

  /** A page of an attacker can resolve its own name to the desk's address (DNS rebinding). */
  @ParameterizedTest
  @CsvSource({
    "attacker.example, 421",
    "attacker.example:{port}, 421",
    "localhost:{port}, 200",
    "127.0.0.1:{port}, 200",
    "[::1]:{port}, 200",
  })
  void deskIsReadOnlyUnderItsOwnNames(String host, int status) throws IOException {
    String port = String.valueOf(Container.underTest().httpPort());
    for (String path : List.of("", "api/tickets", "api/archive", "js/main.js")) {
      assertThat(statusLine(path, host.replace("{port}", port)))
          .startsWith("HTTP/1.1 " + status + " ");
    }
  }

  private static String statusLine(String path, String host) throws IOException {
    try (Socket socket =
        new Socket(InetAddress.getLoopbackAddress(), Container.underTest().httpPort())) {
      String request = "GET /helpdesk/%s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.formatted(path, host).getBytes(ISO_8859_1));
      return new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1))
          .readLine();
    }
  }

  @Test
  void pageOfLongMessagesHasFewerOfThemAndTheNextPageHasTheRest() throws IOException {
    String text = "x".repeat(76).concat("\n").repeat(3_300);
    HelpDesk.send("support@example.com", "Subject: voluminous\n\n" + text, "250 2.0.0 ...");
    Object id = HelpDesk.tickets("voluminous").get(0).get("id");
    for (int i = 2; i <= 6; i++) {
      HelpDesk.send("support+" + id + "@example.com", "Subject: more\n\n" + text, "250 2.0.0 ...");
    }

    assertThat(messageNumbers(id, "limit=100")).containsExactly(1L, 2L, 3L, 4L);
    assertThat(messageNumbers(id, "limit=100&from=5")).containsExactly(5L, 6L);
    assertThat(messageNumbers(id, "limit=1&from=6")).containsExactly(6L);
  }

  private static List<Object> messageNumbers(Object ticket, String query) {
    String json = HelpDesk.get("api/tickets/" + ticket + "?" + query).body();
    Map<String, Object> found = new Json().toType(json, Json.MAP_TYPE);
    return ((List<?>) found.get("messages"))
        .stream().map(message -> (Object) ((Map<?, ?>) message).get("number")).toList();
  }

  @Test
  void streamBeyondTheShareOfAClientIsEnded() throws IOException {
    List<Socket> streams = new ArrayList<>();
    try {
      for (int i = 0; i < 50; i++) {
        assertThat(openStream(streams).readLine()).startsWith("HTTP/1.1 200 ");
      }
      BufferedReader refused = openStream(streams);

      // Blocks for as long as the stream is open.
      assertThat(refused.lines().count()).isPositive();
    } finally {
      for (Socket stream : streams) {
        stream.close();
      }
    }
  }

  private static BufferedReader openStream(List<Socket> streams) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), Container.underTest().httpPort());
    streams.add(socket);
    socket.setSoTimeout(60_000);
    String request =
        "GET /helpdesk/api/events HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    socket.getOutputStream().write(request.getBytes(ISO_8859_1));
    return new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1));
  }
}
