// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnhancedStatusCodeTest {

  /** RFC 3463, section 2: status-code = class "." subject "." detail, of 1*3digit each. */
  @Property
  void roundTrips(
      @ForAll @IntRange(max = 999) int subject, @ForAll @IntRange(max = 999) int detail) {
    EnhancedStatusCode code = new EnhancedStatusCode(4, subject, detail);

    assertThat(code).hasToString("4." + subject + "." + detail);
    assertThat(EnhancedStatusCode.parse(code.toString())).isEqualTo(code);
  }

  @ParameterizedTest
  @CsvSource({"2.0.0,2,0,0", "4.3.2,4,3,2", "5.7.999,5,7,999"})
  void parses(String text, int statusClass, int subject, int detail) {
    assertThat(EnhancedStatusCode.parse(text))
        .isEqualTo(new EnhancedStatusCode(statusClass, subject, detail));
  }

  /** RFC 3463, section 2: class = "2"/"4"/"5"; numbers are without leading zeros. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "5",
        "5.1",
        "5.1.1.1",
        "5.1.",
        ".1.1",
        "5..1",
        "1.0.0",
        "3.0.0",
        "6.0.0",
        "05.1.1",
        "5.01.1",
        "5.1.01",
        "5.1000.1",
        "5.1.1000",
        "5.-1.1",
        "5.1.a",
        " 5.1.1",
        "5.1.1 ",
        "5,1,1",
        "5.1.1\r\n",
        "٥.1.1",
        "5.١.1"
      })
  void refusesOtherTexts(String text) {
    assertThatThrownBy(() -> EnhancedStatusCode.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(text)
        .hasMessageContaining("class.subject.detail");
  }

  @ParameterizedTest
  @CsvSource({
    "3,0,0,status class 3 is not 2",
    "0,0,0,status class 0 is not 2",
    "5,-1,0,status subject -1 is not between 0 and 999",
    "5,1000,0,status subject 1000 is not between 0 and 999",
    "5,0,-1,status detail -1 is not between 0 and 999",
    "5,0,1000,status detail 1000 is not between 0 and 999"
  })
  void refusesOtherNumbers(int statusClass, int subject, int detail, String message) {
    assertThatThrownBy(() -> new EnhancedStatusCode(statusClass, subject, detail))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(message);
  }
}
