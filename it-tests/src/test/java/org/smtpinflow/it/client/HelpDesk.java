// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.it.client;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import org.openqa.selenium.json.Json;
import org.smtpinflow.it.container.Container;

/** The sample as its users see it: the SMTP sessions of senders, and its JSON. */
public final class HelpDesk {

  public static final String PAGE =
      "http://127.0.0.1:" + Container.underTest().httpPort() + "/helpdesk/";

  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private HelpDesk() {}

  /** Sends a mail; the transcript says what is replied to the end of its data. */
  public static Map<String, String> send(String recipient, String content, String reply)
      throws IOException {
    return Transcript.play(
        """
        S: 220 ...
        C: EHLO client.example
        S: 250-mx.example.com ...
        S: *
        C: MAIL FROM:<customer@example.org>
        S: 250 2.1.0 ...
        C: RCPT TO:<%s>
        S: 250 2.1.5 ...
        C: DATA
        S: 354 ...
        %s
        C: .
        S: %s
        C: QUIT
        S: 221 2.0.0 ...
        """
            .formatted(
                recipient, content.strip().indent(0).replaceAll("(?m)^", "C: ").strip(), reply));
  }

  /** Returns the tickets that have a text in them. */
  public static List<Map<String, Object>> tickets(String text) {
    String json = get("api/tickets?q=" + URLEncoder.encode(text, UTF_8)).body();
    return new Json().toType(json, Json.LIST_OF_MAPS_TYPE);
  }

  /** Returns a message of a ticket. */
  public static Map<String, Object> message(Object ticket, int number) {
    String json = get("api/tickets/" + ticket + "?limit=1&from=" + number).body();
    Map<String, Object> found = new Json().toType(json, Json.MAP_TYPE);
    return child(((List<?>) found.get("messages")).get(0));
  }

  /** Returns what is said about the sending of an agent's message. */
  public static Map<String, Object> answer(Object ticket, int number) {
    return child(message(ticket, number).get("answer"));
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> child(Object json) {
    return (Map<String, Object>) json;
  }

  /** Returns the mails in the archive that a client sent under an id. */
  public static List<Map<String, Object>> archived(String mailId) {
    List<Map<String, Object>> all =
        new Json().toType(get("api/archive").body(), Json.LIST_OF_MAPS_TYPE);
    return all.stream().filter(mail -> mail.get("mailId").equals(mailId)).toList();
  }

  /** Asks for something below {@link #PAGE}; the body has a character for each octet. */
  public static HttpResponse<String> get(String path) {
    try {
      HttpRequest request = HttpRequest.newBuilder(URI.create(PAGE + path)).build();
      return HTTP.send(request, BodyHandlers.ofString(ISO_8859_1));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
