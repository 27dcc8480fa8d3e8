// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import org.smtpinflow.api.Client;
import org.smtpinflow.api.Recipient;
import org.smtpinflow.smtp.protocol.Driver.Message;
import org.smtpinflow.smtp.protocol.SessionConfig.BareNewlines;
import org.smtpinflow.smtp.protocol.SessionConfig.Limits;
import org.smtpinflow.smtp.protocol.SessionConfig.Service;
import org.smtpinflow.smtp.protocol.SessionConfig.TlsPolicy;

/**
 * Plays a session from its transcript, and checks the server's part of it.
 *
 * <pre>
 * C: NOOP         the client sends a line and CRLF; lines that stand together go as one segment
 * C~ BDAT         it sends only the text
 * S: 250 OK       the server sends exactly this line; "*" stands for any text
 * (closed)        the server has closed the connection
 * (TLS)           client and server do the handshake that STARTTLS asked for
 * (silence)       the client sends nothing until the server's patience ends
 * (drain)         the server is asked to end the session when it can
 * (shut down)     the server is asked to end the session now
 * </pre>
 *
 * In what the client sends, {@code <CR>}, {@code <LF>}, {@code <NUL>}, {@code <TAB>} and {@code
 * <FF>} (the octet 255) stand for those octets; other text is sent in UTF-8. What the application
 * does, {@link Application} says. Unless they matter, trace fields are switched off.
 */
final class Transcript {

  /** What was to be seen of a session behind the server. */
  record Outcome(List<Recipient> recipients, List<Client> clients, List<Message> messages) {

    Message onlyMessage() {
      assertThat(messages).hasSize(1);
      return messages.get(0);
    }
  }

  private final SessionConfig config;
  private final TestStore store = new TestStore();

  private Transcript(SessionConfig config) {
    this.config = config;
  }

  static SessionConfig config() {
    SessionConfig defaults = SessionConfig.defaults("mx.example.com");
    return new SessionConfig(
        defaults.serverName(),
        defaults.limits(),
        defaults.timeouts(),
        defaults.bareNewlines(),
        false);
  }

  static SessionConfig config(BareNewlines bareNewlines) {
    return config(config().limits(), bareNewlines);
  }

  static SessionConfig config(Limits limits, BareNewlines bareNewlines) {
    SessionConfig c = config();
    return new SessionConfig(c.serverName(), limits, c.timeouts(), bareNewlines, c.traceFields());
  }

  /** The default limits, with others for a header. */
  static Limits headerLimits(int size, int fields) {
    return new Limits(50L << 20, size, fields, 100, 1000, 20, 100);
  }

  /** The default limits, with another one for junk commands. */
  static Limits junkLimit(int junkCommands) {
    return new Limits(50L << 20, 512 << 10, 1000, 100, 1000, 20, junkCommands);
  }

  static Outcome play(String transcript) {
    return new Transcript(config()).run(transcript);
  }

  static Outcome playAfterEhlo(String transcript) {
    return new Transcript(config()).runAfterEhlo(transcript);
  }

  static Transcript withDefaults() {
    return new Transcript(config());
  }

  static Transcript with(SessionConfig config) {
    return new Transcript(config);
  }

  static Transcript with(Limits limits) {
    return with(config(limits, BareNewlines.REFUSE));
  }

  /** Sessions of a listener for the service, with the mechanisms of {@link TestMechanism}. */
  static Transcript with(Service service, TlsPolicy tls) {
    return with(config().with(service, tls, TestMechanism.authentication()));
  }

  static Transcript with(BareNewlines bareNewlines) {
    return with(config(bareNewlines));
  }

  static Transcript withTraceFields() {
    return with(SessionConfig.defaults("mx.example.com"));
  }

  TestStore store() {
    return store;
  }

  /** Plays a transcript from the greeting on, or from what follows it. */
  Outcome run(String transcript) {
    return run("", transcript);
  }

  /** Plays a transcript from what follows the reply to EHLO. */
  Outcome runAfterEhlo(String transcript) {
    String hello = config.service() == Service.LMTP ? "LHLO" : "EHLO";
    return run(hello + " client.example.org<CR><LF>", transcript);
  }

  private Outcome run(String prelude, String transcript) {
    try (Driver driver = new Driver(config, store)) {
      if (!transcript.startsWith("S: 220")) {
        driver.send(octets(prelude));
        assertThat(driver.takeOutput()).startsWith("220 ").endsWith("\r\n");
      }
      new Play(driver).run(transcript);
      return new Outcome(
          List.copyOf(driver.recipients()),
          List.copyOf(driver.clients()),
          List.copyOf(driver.messages()));
    }
  }

  /** Makes the octets that a text in a transcript stands for. */
  static byte[] octets(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1)
        .replace("<CR>", "\r")
        .replace("<LF>", "\n")
        .replace("<NUL>", "\0")
        .replace("<TAB>", "\t")
        .replace("<FF>", "\u00ff")
        .getBytes(StandardCharsets.ISO_8859_1);
  }

  private static final class Play {

    private final Driver driver;
    private final StringBuilder unread = new StringBuilder();
    private final ByteArrayOutputStream unsent = new ByteArrayOutputStream();
    private boolean closeSeen;

    Play(Driver driver) {
      this.driver = driver;
      unread.append(driver.takeOutput());
    }

    void run(String transcript) {
      transcript.lines().filter(line -> !line.isBlank()).forEach(this::play);
      send();
      assertNothingUnread();
      assertThat(driver.isClosed()).as("the server has closed the connection").isEqualTo(closeSeen);
    }

    private void play(String line) {
      if (line.startsWith("C: ") || line.equals("C:")) {
        queue(line.substring(Math.min(3, line.length())) + "<CR><LF>");
      } else if (line.startsWith("C~ ")) {
        queue(line.substring(3));
      } else if (line.startsWith("S: ")) {
        send();
        expect(line.substring(3));
      } else {
        send();
        event(line);
      }
    }

    private void event(String line) {
      assertNothingUnread();
      switch (line) {
        case "(closed)" -> {
          assertThat(driver.isClosed()).as("the server has closed the connection").isTrue();
          closeSeen = true;
        }
        case "(TLS)" -> driver.startTls();
        case "(silence)" -> driver.silence();
        case "(drain)" -> driver.drain();
        case "(shut down)" -> driver.shutDown();
        default -> throw new IllegalArgumentException("not a line of a transcript: " + line);
      }
      unread.append(driver.takeOutput());
    }

    private void queue(String text) {
      if (unsent.size() == 0) {
        assertNothingUnread();
      }
      unsent.writeBytes(octets(text));
    }

    private void send() {
      if (unsent.size() > 0) {
        driver.send(unsent.toByteArray());
        unsent.reset();
        unread.append(driver.takeOutput());
      }
    }

    private void expect(String pattern) {
      int end = unread.indexOf("\r\n");
      assertThat(end).as("the server says «%s», but said «%s»", pattern, unread).isNotNegative();
      String line = unread.substring(0, end);
      unread.delete(0, end + 2);
      assertThat(line).matches(Pattern.quote(pattern).replace("*", "\\E.*\\Q"));
    }

    private void assertNothingUnread() {
      assertThat(unread.toString()).as("said by the server, but not in the transcript").isEmpty();
    }
  }
}
