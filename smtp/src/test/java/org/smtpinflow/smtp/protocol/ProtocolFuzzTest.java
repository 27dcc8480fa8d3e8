// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;
import java.util.List;
import org.smtpinflow.smtp.protocol.SessionConfig.BareNewlines;
import org.smtpinflow.smtp.protocol.SessionConfig.Limits;
import org.smtpinflow.smtp.protocol.SessionConfig.Service;
import org.smtpinflow.smtp.protocol.SessionConfig.TlsPolicy;

/**
 * Whatever a client sends gets well-formed replies, which do not depend on how the network cuts it;
 * only the application accepts a message, and nothing is left behind. Jazzer looks for an input
 * that breaks this: {@code smtp/fuzz}. The tests try the inputs that are kept in the resources.
 *
 * <p>An input begins with three octets, of which the lowest six bits count: the {@linkplain
 * #config(int) configuration}, the length of a segment, and after how many octets of content a
 * flush is due; 0 is no cut and no flush. What follows is sent to the server.
 */
class ProtocolFuzzTest {

  private static final Limits SMALL = new Limits(300, 60, 3, 3, 4, 6, 7);

  @FuzzTest(maxDuration = "60s")
  void anyInputGetsWellFormedReplies(byte[] input) {
    if (input.length < 3) {
      return;
    }
    SessionConfig config = config(input[0] & 0x3f);
    int cut = input[1] & 0x3f;
    int flushEvery = (input[2] & 0x3f) == 0 ? Integer.MAX_VALUE : input[2] & 0x3f;
    byte[] octets = Arrays.copyOfRange(input, 3, input.length);
    Outcome whole = run(config, octets, octets.length, Integer.MAX_VALUE);
    Outcome inSegments = run(config, octets, cut == 0 ? octets.length : cut, flushEvery);
    if (!config.tls().offersStartTls()) {
      // Input that comes together with STARTTLS ends the session, so there the cut matters.
      assertThat(inSegments).isEqualTo(whole);
    }
  }

  private static SessionConfig config(int bits) {
    BareNewlines bareNewlines = (bits & 1) == 0 ? BareNewlines.REFUSE : BareNewlines.ACCEPT;
    Service service =
        List.of(Service.SMTP, Service.SUBMISSION, Service.LMTP, Service.SMTP).get(bits >> 1 & 3);
    TlsPolicy outside = (bits & 6) == 6 ? TlsPolicy.OFFERED : TlsPolicy.NONE;
    return new SessionConfig(
            "mx.example.com",
            (bits & 8) == 0 ? Limits.defaults() : SMALL,
            SessionConfig.Timeouts.defaults(),
            bareNewlines,
            (bits & 16) != 0)
        .with(
            service,
            (bits & 32) == 0 ? outside : TlsPolicy.IMPLICIT,
            TestMechanism.authentication());
  }

  /** The observable results of a session: its replies, and the messages that it handed over. */
  private record Outcome(List<String> replies, List<String> messages, boolean closed) {}

  private static Outcome run(SessionConfig config, byte[] octets, int cut, int flushEvery) {
    TestStore store = new TestStore();
    store.flushEvery(flushEvery);
    try (Driver driver = new Driver(config, store)) {
      for (int at = 0; at < octets.length; at += cut) {
        driver.send(Arrays.copyOfRange(octets, at, Math.min(octets.length, at + cut)));
        if (driver.isStartingTls()) {
          driver.startTls();
        }
      }
      if (!driver.isClosed()) {
        // At most the beginning of a line is left, as a reply is due to a whole one.
        assertThat(driver.unread()).doesNotContain("\r\n");
        assertThat(driver.unread().length()).isLessThan(CommandReader.MAX_AUTHENTICATION_LINE);
      }
      List<String> replies = Wire.replies(driver.takeOutput());
      assertOnlyTheApplicationAccepts(driver, replies);
      return new Outcome(
          replies,
          driver.messages().stream().map(m -> withoutTraceFields(config, m.text())).toList(),
          driver.isClosed());
    }
  }

  private static void assertOnlyTheApplicationAccepts(Driver driver, List<String> replies) {
    Application application = new Application();
    long accepted =
        driver.messages().stream()
            .flatMap(message -> application.message(message.mail()).stream())
            .filter(Reply::isPositive)
            .count();
    assertThat(replies)
        .filteredOn(reply -> reply.startsWith("250 2.0.0 Accepted"))
        .hasSize((int) accepted);
  }

  /** Each message has another id. */
  private static String withoutTraceFields(SessionConfig config, String text) {
    return config.traceFields() || config.service() == Service.SUBMISSION
        ? text.replaceAll("(id |Message-ID: <)[0-9A-Za-z-]+", "$1...")
        : text;
  }
}
