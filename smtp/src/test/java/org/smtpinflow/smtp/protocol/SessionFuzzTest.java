// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.smtpinflow.smtp.protocol.SessionArbitraries.Cut;

/**
 * Whatever a client sends: the session does not fail, stays in step, leaves nothing behind, and
 * takes no content for commands. {@link Driver} accounts for every buffer and sink.
 */
class SessionFuzzTest {

  private static final Logger LEAKS = Logger.getLogger(ResourceLeakDetector.class.getName());

  private static final List<String> FOUND = new CopyOnWriteArrayList<>();

  private static final Handler FINDER =
      new Handler() {
        @Override
        public void publish(LogRecord leak) {
          FOUND.add(leak.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  @BeforeContainer
  static void listenToTheLeakDetector() {
    LEAKS.addHandler(FINDER);
  }

  /** The detector finds what the collector took, the next time that a buffer is made. */
  @AfterContainer
  static void hearTheLeakDetector() {
    System.gc();
    ResourceLeakDetector.Level before = ResourceLeakDetector.getLevel();
    ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.PARANOID);
    UnpooledByteBufAllocator.DEFAULT.directBuffer().release();
    ResourceLeakDetector.setLevel(before);
    LEAKS.removeHandler(FINDER);
    assertThat(FOUND).as("leaks").isEmpty();
  }

  /** The detector makes it slow, so this is done more seldom than the rest. */
  @Property(tries = 150)
  void theLeakDetectorFindsNothing(
      @ForAll("octets") String input,
      @ForAll("cuts") Cut cut,
      @ForAll("configs") SessionConfig config,
      @ForAll("flushes") int flushEvery) {
    ResourceLeakDetector.Level before = ResourceLeakDetector.getLevel();
    ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.PARANOID);
    try {
      anyInputGetsReplies(input, cut, config, flushEvery);
    } finally {
      ResourceLeakDetector.setLevel(before);
    }
  }

  @Property(tries = 3000)
  void anyInputGetsReplies(
      @ForAll("octets") String input,
      @ForAll("cuts") Cut cut,
      @ForAll("configs") SessionConfig config,
      @ForAll("flushes") int flushEvery) {
    TestStore store = new TestStore();
    store.flushEvery(flushEvery);
    try (Driver driver = new Driver(config, store)) {
      for (String segment : cut.apply(input)) {
        send(driver, segment);
        if (!driver.isClosed()) {
          // At most the beginning of a command is left, as a reply is due to a whole one.
          assertThat(driver.unread()).doesNotContain("\r\n");
          assertThat(driver.unread().length()).isLessThan(CommandReader.MAX_LINE);
        }
      }
      List<String> replies = Wire.replies(driver.takeOutput());
      assertThat(replies.subList(0, replies.size() - 1))
          .as("replies before the last")
          .noneMatch(reply -> reply.startsWith("421 4.3.2") || reply.startsWith("221"));
      assertOnlyTheApplicationAccepts(driver, replies);
    }
  }

  /** A part of a session with a client that keeps to the protocol, if not to its sense. */
  private sealed interface Part {

    /** A line, which gets one reply. */
    record Command(String line) implements Part {}

    /** Content after DATA, which is only sent if it is asked for. */
    record Data(String content) implements Part {}

    /** Chunks, which are sent whatever the replies are. */
    record Chunks(List<String> chunks) implements Part {}
  }

  @Property(tries = 3000)
  void contentIsContentAndNothingElse(
      @ForAll("parts") List<Part> parts,
      @ForAll("cuts") Cut cut,
      @ForAll("configs") SessionConfig config,
      @ForAll("flushes") int flushEvery) {
    TestStore store = new TestStore();
    store.flushEvery(flushEvery);
    try (Driver driver = new Driver(config, store)) {
      Client client = new Client(driver, cut);
      client.command("EHLO client.example.org\r\n");
      parts.forEach(client::send);
      assertOnlyTheApplicationAccepts(driver, client.replies);
      assertThat(client.arrived).containsExactlyElementsOf(texts(driver));
      assertThat(driver.recipients())
          .noneMatch(r -> r.path().localPart().equals(SessionArbitraries.CANARY));
      assertThat(driver.messages())
          .noneMatch(
              m -> m.envelope().reversePath().toString().contains(SessionArbitraries.CANARY));
    }
  }

  private static List<String> texts(Driver driver) {
    return driver.messages().stream().map(Driver.Message::text).toList();
  }

  /**
   * A message gets 250 only if the application accepts it; only the application's replies contain
   * {@code Accepted}.
   */
  private static void assertOnlyTheApplicationAccepts(Driver driver, List<String> replies) {
    Application application = new Application();
    long accepted =
        driver.messages().stream()
            .filter(m -> application.message(m.mail()).get(0).isPositive())
            .count();
    assertThat(replies).filteredOn("250 2.0.0 Accepted"::equals).hasSize((int) accepted);
  }

  private static void send(Driver driver, String segment) {
    driver.send(segment.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** Sends, reads the replies, and knows which messages must have arrived. */
  private static final class Client {

    private final Driver driver;
    private final Cut cut;
    private final List<String> replies = new ArrayList<>();
    private final List<String> arrived = new ArrayList<>();
    private List<String> heard = List.of();
    private String chunksTaken = "";

    Client(Driver driver, Cut cut) {
      this.driver = driver;
      this.cut = cut;
      driver.takeOutput();
    }

    void send(Part part) {
      if (part instanceof Part.Command command) {
        command(command.line());
      } else if (part instanceof Part.Data data) {
        data(data.content());
      } else if (part instanceof Part.Chunks chunks) {
        chunks.chunks().forEach(this::chunk);
      }
    }

    private void command(String line) {
      exchange(line);
      boolean reset = line.startsWith("RSET") && hears("250 2.0.0 OK");
      if (reset || hears("250 HELP") || hears("250 mx.example.com")) {
        chunksTaken = "";
      }
    }

    private void data(String content) {
      exchange("DATA\r\n");
      if (heard.stream().noneMatch(reply -> reply.startsWith("354"))) {
        return;
      }
      String complete = content + "\r\n";
      String stuffed = ("\r\n" + complete).replace("\r\n.", "\r\n..").substring(2);
      exchange(stuffed + ".\r\n");
      if (hearsOfTheApplication()) {
        arrived.add(complete);
      }
    }

    private void chunk(String commandAndOctets) {
      exchange(commandAndOctets);
      String octets = commandAndOctets.substring(commandAndOctets.indexOf("\r\n") + 2);
      if (hearsOfTheApplication()) {
        arrived.add(chunksTaken + octets);
      }
      chunksTaken = hears("250 2.0.0 Chunk received") ? chunksTaken + octets : "";
    }

    /** Sends what gets one reply, after which only the last word may come. */
    private void exchange(String octets) {
      heard = List.of();
      if (!driver.isClosed()) {
        cut.apply(octets).forEach(segment -> SessionFuzzTest.send(driver, segment));
        heard = Wire.replies(driver.takeOutput());
        replies.addAll(heard);
        assertThat(heard).as("replies to %s", octets).hasSizeBetween(1, driver.isClosed() ? 2 : 1);
      }
    }

    private boolean hearsOfTheApplication() {
      return hears("250 2.0.0 Accepted") || hears("550 5.7.1 Rejected by the bean");
    }

    private boolean hears(String reply) {
      return heard.contains(reply);
    }
  }

  @Provide
  Arbitrary<String> octets() {
    return SessionArbitraries.disturbedSessions();
  }

  @Provide
  Arbitrary<List<Part>> parts() {
    Arbitrary<Part> command = SessionArbitraries.commands().map(Part.Command::new);
    Arbitrary<Part> data = SessionArbitraries.contents().map(Part.Data::new);
    Arbitrary<Part> chunks = SessionArbitraries.chunks().map(Part.Chunks::new);
    Arbitrary<List<Part>> message =
        Combinators.combine(SessionArbitraries.envelopes(), Arbitraries.oneOf(data, chunks))
            .as(
                (envelope, content) -> {
                  List<Part> parts = new ArrayList<>();
                  envelope.lines().forEach(line -> parts.add(new Part.Command(line + "\r\n")));
                  parts.add(content);
                  return parts;
                });
    return Arbitraries.frequencyOf(Tuple.of(1, command.map(List::of)), Tuple.of(4, message))
        .list()
        .ofMaxSize(8)
        .map(lists -> lists.stream().flatMap(List::stream).toList());
  }

  @Provide
  Arbitrary<Cut> cuts() {
    return SessionArbitraries.cuts();
  }

  @Provide
  Arbitrary<SessionConfig> configs() {
    return SessionArbitraries.configs();
  }

  @Provide
  Arbitrary<Integer> flushes() {
    return SessionArbitraries.flushes();
  }
}
