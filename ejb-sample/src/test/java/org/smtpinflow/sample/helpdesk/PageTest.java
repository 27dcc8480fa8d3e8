// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.sample.helpdesk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class PageTest {

  private static final long MAX = Page.MAX_CHARACTERS;

  @Test
  void shortEntriesAllFit() {
    assertThat(Page.fitting(List.of())).isZero();
    assertThat(Page.fitting(Collections.nCopies(101, 1_000L))).isEqualTo(101);
    assertThat(Page.fitting(List.of(MAX / 2, MAX / 2))).isEqualTo(2);
  }

  @Test
  void longEntriesFitUntilThePageIsFull() {
    assertThat(Page.fitting(Collections.nCopies(100, MAX / 4))).isEqualTo(4);
    assertThat(Page.fitting(List.of(MAX / 2, MAX / 2, 1L))).isEqualTo(2);
  }

  @Test
  void oneEntryFitsHoweverLongItIs() {
    assertThat(Page.fitting(List.of(MAX + 1))).isEqualTo(1);
    assertThat(Page.fitting(List.of(MAX + 1, 1L))).isEqualTo(1);
  }
}
