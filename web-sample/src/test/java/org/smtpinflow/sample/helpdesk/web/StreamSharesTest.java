// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.sample.helpdesk.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StreamSharesTest {

  private final StreamShares shares = new StreamShares(4, 2);

  @ParameterizedTest
  @CsvSource({
    "192.0.2.1, 192.0.2.1, 192.0.2.2",
    "2001:db8::1, 2001:db8::ffff:1, 2001:db8:0:1::1",
    "192.0.2.1, ::ffff:192.0.2.1, ::1",
    "unknown, unknown, 192.0.2.1",
  })
  void oneClientHasNoMoreThanItsShare(String address, String sameClient, String other) {
    assertThat(shares.enter(address)).isTrue();
    assertThat(shares.enter(sameClient)).isTrue();

    assertThat(shares.enter(address)).isFalse();
    assertThat(shares.enter(sameClient)).isFalse();
    assertThat(shares.enter(other)).isTrue();
  }

  @Test
  void allClientsTogetherHaveNoMoreThanTheTotal() {
    for (int i = 1; i <= 4; i++) {
      assertThat(shares.enter("192.0.2." + i)).isTrue();
    }

    assertThat(shares.enter("192.0.2.5")).isFalse();
  }

  @Test
  void streamThatEndsMakesRoom() {
    shares.enter("192.0.2.1");
    shares.enter("192.0.2.1");

    shares.leave("192.0.2.1");

    assertThat(shares.enter("192.0.2.1")).isTrue();
    assertThat(shares.enter("192.0.2.1")).isFalse();
  }
}
