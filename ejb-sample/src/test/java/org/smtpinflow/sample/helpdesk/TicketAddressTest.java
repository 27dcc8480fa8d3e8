// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.sample.helpdesk;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TicketAddressTest {

  @Test
  void readsTheIdFromTheSubaddress() {
    assertThat(TicketAddress.ticketId("support+42")).hasValue(42);
    assertThat(TicketAddress.ticketId("Support+042")).hasValue(42);
    assertThat(TicketAddress.ticketId("support+999999999999999999"))
        .hasValue(999_999_999_999_999_999L);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "support",
        "support+",
        "support+x",
        "support+4x",
        "support+-4",
        "support+4+5",
        "support+ 4",
        "support+9999999999999999999",
        "support+\u0664",
        "42",
        ""
      })
  void findsNoIdInAnythingElse(String localPart) {
    assertThat(TicketAddress.ticketId(localPart)).isEmpty();
  }

  @Test
  void knowsTheDeskWhateverTheTicket() {
    assertThat(TicketAddress.desk("support+7@example.com")).isEqualTo("support@example.com");
    assertThat(TicketAddress.desk("support@example.com")).isEqualTo("support@example.com");
  }

  @Test
  void makesTheAddressOfATicket() {
    assertThat(TicketAddress.of("support@example.com", 7)).isEqualTo("support+7@example.com");
    assertThat(TicketAddress.of("support+3@example.com", 7)).isEqualTo("support+7@example.com");
    assertThat(TicketAddress.of("support+a+b@[192.0.2.1]", 7)).isEqualTo("support+7@[192.0.2.1]");
    assertThat(TicketAddress.of("postmaster", 7)).isEqualTo("postmaster+7");
  }
}
