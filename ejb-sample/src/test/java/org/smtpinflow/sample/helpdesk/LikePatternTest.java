// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.sample.helpdesk;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LikePatternTest {

  @Test
  void findsTheTextAnywhere() {
    assertThat(LikePattern.containing("Printer")).isEqualTo("%Printer%");
  }

  @Test
  void escapesWhatLikeWouldInterpret() {
    assertThat(LikePattern.containing("100%_off! \\")).isEqualTo("%100!%!_off!! \\%");
  }
}
