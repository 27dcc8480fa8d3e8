// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.content;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** How holders share a budget of 1,000 octets. */
class BudgetTest {

  private final Budget budget = new Budget(1000);

  /** Begins a second content, and takes as much for it as the holder can get. */
  private long takeAll(String holder) {
    budget.begin(holder);
    Budget.Share share = budget.begin(holder);
    long taken = 0;
    while (share.tryTake(1)) {
      taken++;
    }
    return taken;
  }

  @Test
  void noHolderGetsMoreThanItLeavesFree() {
    assertThat(takeAll("one")).isEqualTo(500);
    assertThat(takeAll("another")).isEqualTo(250);
    assertThat(takeAll("a third")).isEqualTo(125);
    assertThat(budget.used()).isEqualTo(875);
  }

  @Test
  void holdersThatTakeInTurnGetTheSame() {
    Budget.Share one = budget.begin("one");
    Budget.Share another = budget.begin("another");
    budget.begin("one");
    budget.begin("another");
    long ofOne = 0;
    long ofAnother = 0;
    for (boolean more = true; more; ) {
      boolean first = one.tryTake(1);
      boolean second = another.tryTake(1);
      ofOne += first ? 1 : 0;
      ofAnother += second ? 1 : 0;
      more = first || second;
    }
    assertThat(ofOne).isEqualTo(333);
    assertThat(ofAnother).isEqualTo(333);
  }

  @Test
  void aHolderWithOneContentMayTakeAllThatIsFree() {
    takeAll("one");
    Budget.Share only = budget.begin("another");
    assertThat(only.tryTake(501)).isFalse();
    assertThat(only.tryTake(500)).isTrue();
  }

  @Test
  void whatComesBackIsSharedAnew() {
    Budget.Share one = budget.begin("one");
    budget.begin("one");
    assertThat(one.tryTake(500)).isTrue();
    assertThat(takeAll("another")).isEqualTo(250);
    one.giveBack(500);
    one.end();
    one.end();
    assertThat(takeAll("another")).isEqualTo(250);
    assertThat(budget.used()).isEqualTo(500);
  }

  @Test
  void aNumberThatIsTooLargeForAnyBudgetIsNotAllowed() {
    Budget.Share share = budget.begin("one");
    assertThat(share.allows(Long.MAX_VALUE)).isFalse();
    budget.begin("one");
    assertThat(share.allows(Long.MAX_VALUE)).isFalse();
  }
}
