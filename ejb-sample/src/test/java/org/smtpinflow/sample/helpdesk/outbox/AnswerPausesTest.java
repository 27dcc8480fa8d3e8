// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.sample.helpdesk.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AnswerPausesTest {

  @Test
  void pausesDoubleUpToFourHours() {
    assertThat(Answer.pauseAfter(1)).isEqualTo(Duration.ofSeconds(10));
    assertThat(Answer.pauseAfter(2)).isEqualTo(Duration.ofSeconds(20));
    assertThat(Answer.pauseAfter(11)).isEqualTo(Duration.ofSeconds(10_240));
    assertThat(Answer.pauseAfter(12)).isEqualTo(Duration.ofHours(4));
    assertThat(Answer.pauseAfter(Integer.MAX_VALUE)).isEqualTo(Duration.ofHours(4));
  }

  @Test
  void attemptsGoOnForTwoDays() {
    Duration all =
        IntStream.range(1, Answer.MAX_ATTEMPTS)
            .mapToObj(Answer::pauseAfter)
            .reduce(Duration.ZERO, Duration::plus);

    assertThat(all).isBetween(Duration.ofDays(1).plusHours(20), Duration.ofDays(2).plusHours(4));
  }
}
