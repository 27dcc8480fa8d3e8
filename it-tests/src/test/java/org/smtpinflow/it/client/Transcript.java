// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.it.client;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A session, written down as RFC 5321 writes its examples, and played against the server:
 *
 * <pre>
 * S: 220 mx.example.com ...
 * C: EHLO client.example
 * S: 250-mx.example.com ...
 * S: *
 * C: QUIT
 * S: 221 2.0.0 ...
 * S: (closed)
 * </pre>
 *
 * <p>The server must say each of its lines: {@code " ..."} stands for any further text or none, and
 * {@code {name}} for a word that is kept under that name. {@code S: *} stands for the rest of a
 * reply of several lines.
 */
public final class Transcript {

  private static final Pattern PLACEHOLDER = Pattern.compile("\\{(\\w+)}| \\.\\.\\.");

  private final SmtpConnection connection;
  private final Map<String, String> words = new LinkedHashMap<>();
  private String lastLine = "";

  private Transcript(SmtpConnection connection) {
    this.connection = connection;
  }

  /** Plays a whole session on the usual port. Returns the words that were kept. */
  public static Map<String, String> play(String transcript) throws IOException {
    try (SmtpConnection connection = new SmtpConnection()) {
      return play(connection, transcript);
    }
  }

  /** Plays a part of a session. Returns the words that were kept. */
  public static Map<String, String> play(SmtpConnection connection, String transcript)
      throws IOException {
    Transcript played = new Transcript(connection);
    for (String line : transcript.lines().toList()) {
      played.step(line);
    }
    return played.words;
  }

  private void step(String line) throws IOException {
    String text = line.length() > 3 ? line.substring(3) : "";
    if (line.startsWith("C:")) {
      connection.sendLine(text);
    } else if (!line.startsWith("S:")) {
      throw new IllegalArgumentException("neither 'C: ' nor 'S: ': " + line);
    } else if (text.equals("*")) {
      readRest();
    } else {
      expect(text);
    }
  }

  private void readRest() throws IOException {
    while (lastLine.length() > 3 && lastLine.charAt(3) == '-') {
      lastLine = connection.readLine();
    }
  }

  private void expect(String wanted) throws IOException {
    String line = connection.readLine();
    lastLine = line == null ? "(closed)" : line;
    Matcher matcher = pattern(wanted).matcher(lastLine);
    if (!matcher.matches()) {
      throw new AssertionError("expected  S: " + wanted + "\nbut it is  S: " + lastLine);
    }
    Matcher names = PLACEHOLDER.matcher(wanted);
    while (names.find()) {
      if (names.group(1) != null) {
        words.put(names.group(1), matcher.group(names.group(1)));
      }
    }
  }

  private static Pattern pattern(String wanted) {
    StringBuilder regex = new StringBuilder();
    Matcher placeholder = PLACEHOLDER.matcher(wanted);
    int end = 0;
    while (placeholder.find()) {
      regex.append(Pattern.quote(wanted.substring(end, placeholder.start())));
      regex.append(
          placeholder.group(1) == null
              ? "( .*)?"
              : "(?<" + placeholder.group(1) + ">[A-Za-z0-9]+)");
      end = placeholder.end();
    }
    return Pattern.compile(regex.append(Pattern.quote(wanted.substring(end))).toString());
  }
}
