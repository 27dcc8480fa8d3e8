// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** However the network cuts what a client sends, it is the same session. */
class SegmentsPropertyTest {

  /** All that is to be seen of a session. */
  private record Seen(
      String output, boolean closed, List<String> recipients, List<String> messages) {}

  @Property(tries = 3000)
  void anySplitGivesTheSameRepliesAndMessages(
      @ForAll("sessions") String input,
      @ForAll("cuts") SessionArbitraries.Cut cut,
      @ForAll("configs") SessionConfig config,
      @ForAll("flushes") int flushEvery) {
    assertThat(play(config, flushEvery, cut.apply(input)))
        .isEqualTo(play(config, Integer.MAX_VALUE, List.of(input)));
  }

  @Provide
  Arbitrary<String> sessions() {
    return SessionArbitraries.disturbedSessions();
  }

  @Provide
  Arbitrary<SessionArbitraries.Cut> cuts() {
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

  private static Seen play(SessionConfig config, int flushEvery, List<String> segments) {
    TestStore store = new TestStore();
    store.flushEvery(flushEvery);
    try (Driver driver = new Driver(config, store)) {
      segments.forEach(segment -> driver.send(segment.getBytes(StandardCharsets.ISO_8859_1)));
      return new Seen(
          driver.takeOutput(),
          driver.isClosed(),
          driver.recipients().stream().map(Object::toString).toList(),
          driver.messages().stream().map(m -> m.envelope() + "\n" + m.text()).toList());
    }
  }
}
