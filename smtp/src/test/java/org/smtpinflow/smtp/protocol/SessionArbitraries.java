// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.protocol;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;
import org.smtpinflow.smtp.protocol.SessionConfig.BareNewlines;
import org.smtpinflow.smtp.protocol.SessionConfig.Limits;

/**
 * What clients send: sessions by a grammar, which may be disturbed, and any octets. In all texts a
 * character stands for an octet.
 */
final class SessionArbitraries {

  /** In content there are commands with this name, which nobody may ever obey. */
  static final String CANARY = "canary";

  private SessionArbitraries() {}

  /** Settings under which sessions go different ways. */
  static Arbitrary<SessionConfig> configs() {
    Arbitrary<Limits> limits =
        Arbitraries.of(
            Limits.defaults(),
            new Limits(60, 2, 3, 5),
            new Limits(400, 100, 1000, 1000),
            new Limits(400, 30, 2, 100, 1000, 1000, 9));
    return Combinators.combine(limits, Arbitraries.of(BareNewlines.class)).as(Transcript::config);
  }

  /** After how many octets a sink is to be flushed. */
  static Arbitrary<Integer> flushes() {
    return Arbitraries.of(1, 7, 64, Integer.MAX_VALUE);
  }

  /** A command that is not followed by content. */
  static Arbitrary<String> commands() {
    return Arbitraries.frequencyOf(
        Tuple.of(
            9,
            Arbitraries.of(
                "EHLO client.example.org\r\n",
                "HELO client.example.org\r\n",
                "MAIL FROM:<a@example.org>\r\n",
                "MAIL FROM:<> SIZE=50 BODY=8BITMIME\r\n",
                "MAIL FROM:<a@example.org> BODY=BINARYMIME\r\n",
                "MAIL FROM:<a@example.org> SIZE=999999999\r\n",
                "MAIL FROM:<a@example.org> FOO=bar\r\n",
                "RCPT TO:<b@example.com>\r\n",
                "RCPT TO:<\"\\\"x>\"@example.com>\r\n",
                "RCPT TO:<later@example.com>\r\n",
                "RCPT TO:<reject@example.com>\r\n",
                "RSET\r\n",
                "RSET now\r\n",
                "NOOP\r\n",
                "VRFY b\r\n",
                "HELP\r\n",
                "AUTH PLAIN AGEAYg==\r\n",
                "FOO\r\n",
                "\r\n")),
        Tuple.of(
            2,
            Arbitraries.of(
                "NOOP\nQUIT\r\n",
                "NOOP\rQUIT\r\n",
                "NOOP\r\r\n",
                "NOOP \0\r\n",
                "NOOP \u00ff\r\n",
                "NOOP " + "x".repeat(5000) + "\r\n",
                "BDAT x\r\n",
                "GET / HTTP/1.1\r\n",
                "QUIT\r\n")));
  }

  /** The commands before content; now and then they leave nobody to send it to. */
  static Arbitrary<String> envelopes() {
    return Arbitraries.of(
        "MAIL FROM:<a@example.org>\r\nRCPT TO:<b@example.com>\r\n",
        "MAIL FROM:<a@example.org>\r\nRCPT TO:<b@example.com>\r\n",
        "MAIL FROM:<>\r\nRCPT TO:<reject@example.com>\r\nRCPT TO:<b@example.com>\r\n",
        "MAIL FROM:<a@example.org> BODY=BINARYMIME\r\nRCPT TO:<b@example.com>\r\n",
        "MAIL FROM:<a@example.org>\r\nRCPT TO:<unknown@example.com>\r\n",
        "MAIL FROM:<a@example.org>\r\n",
        "RCPT TO:<b@example.com>\r\n",
        "");
  }

  /** Content, with much that could be taken for its end or for a command. */
  static Arbitrary<String> contents() {
    return Arbitraries.of(
            "\r\n",
            "\r\n",
            "\r\n",
            "\r",
            "\n",
            ".",
            ".",
            "..",
            "x",
            "\0",
            "\u00ff",
            "Subject: hello",
            "x".repeat(70),
            "QUIT",
            "BDAT 3 LAST",
            "\nMAIL FROM:<" + CANARY + "@example.org>\r\n",
            "\r\nRCPT TO:<" + CANARY + "@example.com>\r\n",
            "\n.\nRCPT TO:<" + CANARY + "@example.com>\n",
            "\r\n.\nRCPT TO:<" + CANARY + "@example.com>\r\n")
        .list()
        .ofMaxSize(8)
        .map(parts -> String.join("", parts));
  }

  /** Chunks of a message, each with its command; the last is not always marked so. */
  static Arbitrary<List<String>> chunks() {
    return Combinators.combine(
            contents().list().ofMinSize(1).ofMaxSize(4),
            Arbitraries.frequency(Tuple.of(4, true), Tuple.of(1, false)))
        .as(SessionArbitraries::chunks);
  }

  private static List<String> chunks(List<String> contents, boolean complete) {
    List<String> chunks = new ArrayList<>();
    for (int i = 0; i < contents.size(); i++) {
      String last = complete && i == contents.size() - 1 ? " LAST" : "";
      chunks.add("BDAT " + contents.get(i).length() + last + "\r\n" + contents.get(i));
    }
    return chunks;
  }

  /** What a client sends that does not wait for any reply. */
  static Arbitrary<String> sessions() {
    Arbitrary<String> data =
        Combinators.combine(envelopes(), contents())
            .as((envelope, content) -> envelope + "DATA\r\n" + content + "\r\n.\r\n");
    Arbitrary<String> bdat =
        Combinators.combine(envelopes(), chunks())
            .as((envelope, chunks) -> envelope + String.join("", chunks));
    return Arbitraries.frequencyOf(Tuple.of(2, commands()), Tuple.of(3, data), Tuple.of(3, bdat))
        .list()
        .ofMaxSize(8)
        .map(parts -> "EHLO client.example.org\r\n" + String.join("", parts));
  }

  /** Sessions of which a few octets were lost, doubled, put in or replaced; and any octets. */
  static Arbitrary<String> disturbedSessions() {
    Arbitrary<String> disturbed =
        Combinators.combine(sessions(), disturbances().list().ofMaxSize(4))
            .as(
                (session, disturbances) -> {
                  String result = session;
                  for (Disturbance disturbance : disturbances) {
                    result = disturbance.apply(result);
                  }
                  return result;
                });
    Arbitrary<String> octets =
        Arbitraries.chars()
            .range('\0', '\u00ff')
            .list()
            .ofMaxSize(300)
            .map(SessionArbitraries::join);
    return Arbitraries.frequencyOf(Tuple.of(5, disturbed), Tuple.of(1, octets));
  }

  private static String join(List<Character> octets) {
    StringBuilder text = new StringBuilder();
    octets.forEach(text::append);
    return text.toString();
  }

  /** Takes some octets away, at a place that is a part of the length, and puts others there. */
  private record Disturbance(double place, int taken, String put) {

    String apply(String text) {
      int from = (int) (place * text.length());
      int to = Math.min(from + taken, text.length());
      return text.substring(0, from) + put + text.substring(to);
    }
  }

  private static Arbitrary<Disturbance> disturbances() {
    return Combinators.combine(
            Arbitraries.doubles().between(0, 0.99),
            Arbitraries.integers().between(0, 5),
            Arbitraries.of(
                "", "\r", "\n", "\r\n", ".", "\r\n.\r\n", " ", "\0", "\u00ff", "BDAT 9\r\n"))
        .as(Disturbance::new);
  }

  /** Ways to cut an input into segments. */
  static Arbitrary<Cut> cuts() {
    return Arbitraries.oneOf(
        Arbitraries.integers().between(1, 9).map(length -> new Cut(List.of(), length)),
        Arbitraries.doubles()
            .between(0, 1)
            .list()
            .ofMaxSize(12)
            .map(places -> new Cut(places, Integer.MAX_VALUE)));
  }

  /**
   * A way to cut an input.
   *
   * @param places where, as parts of the input's length
   * @param length the longest segment
   */
  record Cut(List<Double> places, int length) {

    List<String> apply(String input) {
      List<Integer> ends = new ArrayList<>();
      places.forEach(place -> ends.add((int) (place * input.length())));
      ends.add(input.length());
      ends.sort(null);
      List<String> segments = new ArrayList<>();
      int at = 0;
      for (int end : ends) {
        while (at < end) {
          int to = (int) Math.min((long) at + length, end);
          segments.add(input.substring(at, to));
          at = to;
        }
      }
      return segments;
    }
  }
}
