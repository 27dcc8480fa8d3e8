// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.sample.helpdesk.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AllowedHostsTest {

  private final AllowedHosts hosts = new AllowedHosts("desk.example.com, 192.0.2.1,[2001:DB8::1]");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost",
        "localhost:8080",
        "LocalHost:8080",
        "127.0.0.1:8080",
        "127.9.8.7",
        "[::1]:8080",
        "[::1]",
        "Desk.Example.com",
        "desk.example.com:443",
        "192.0.2.1:80",
        "[2001:db8::1]:80",
      })
  void theNamesOfTheDeskAreAllowed(String host) {
    assertThat(hosts.allows(host)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ":8080",
        "attacker.example",
        "attacker.example:8080",
        "localhost.attacker.example",
        "127.0.0.1.attacker.example",
        "127.0.0.1:80.attacker.example",
        "127.attacker.example",
        "attacker.example#desk.example.com",
        "desk.example.com@attacker.example",
        "desk.example.com.attacker.example",
        "192.0.2.2",
        "[::2]",
        "::1",
        "localhost localhost",
      })
  void anyOtherNameIsRefused(String host) {
    assertThat(hosts.allows(host)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", ",", " , "})
  void noNameIsAllowedBecauseNoneIsConfigured(String configured) {
    assertThat(new AllowedHosts(configured).allows("")).isFalse();
    assertThat(new AllowedHosts(configured).allows("attacker.example")).isFalse();
    assertThat(new AllowedHosts(configured).allows("localhost")).isTrue();
  }
}
