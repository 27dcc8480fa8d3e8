// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class AuthenticationThrottleTest {

  private long now;
  private final AuthenticationThrottle throttle =
      new AuthenticationThrottle(20, Duration.ofMinutes(10), () -> now);

  private static InetAddress address(String text) throws UnknownHostException {
    return InetAddress.getByName(text);
  }

  private void pass(Duration time) {
    now += time.toNanos();
  }

  /** Returns how many of the failures cut the client off. */
  private int fail(String client, int times) throws UnknownHostException {
    int cutOff = 0;
    for (int i = 0; i < times; i++) {
      cutOff += throttle.failed(address(client)) ? 1 : 0;
    }
    return cutOff;
  }

  @Test
  void allowsTwentyFailuresAndThenOneEachHalfMinute() throws Exception {
    fail("192.0.2.1", 19);
    assertThat(throttle.isCutOff(address("192.0.2.1"))).isFalse();
    fail("192.0.2.1", 1);
    assertThat(throttle.isCutOff(address("192.0.2.1"))).isTrue();
    pass(Duration.ofSeconds(29));
    assertThat(throttle.isCutOff(address("192.0.2.1"))).isTrue();
    pass(Duration.ofSeconds(1));
    assertThat(throttle.isCutOff(address("192.0.2.1"))).isFalse();
    fail("192.0.2.1", 1);
    assertThat(throttle.isCutOff(address("192.0.2.1"))).isTrue();
    pass(Duration.ofMinutes(10));
    fail("192.0.2.1", 19);
    assertThat(throttle.isCutOff(address("192.0.2.1"))).isFalse();
  }

  @Test
  void saysOnceThatAClientIsCutOff() throws Exception {
    assertThat(fail("192.0.2.1", 19)).isZero();
    assertThat(fail("192.0.2.1", 1)).isOne();
    assertThat(fail("192.0.2.1", 10)).isZero();
    pass(Duration.ofMinutes(6));
    assertThat(fail("192.0.2.1", 1)).isZero();
    assertThat(fail("192.0.2.1", 1)).isOne();
  }

  @Test
  void makesUpForWhatWasTriedSideBySide() throws Exception {
    fail("192.0.2.1", 100);
    pass(Duration.ofMinutes(40));
    assertThat(throttle.isCutOff(address("192.0.2.1"))).isTrue();
    pass(Duration.ofSeconds(30));
    assertThat(throttle.isCutOff(address("192.0.2.1"))).isFalse();
  }

  @Test
  void takesAnIpv6NetworkAsOneClient() throws Exception {
    fail("2001:db8::1", 20);
    assertThat(throttle.isCutOff(address("2001:db8::ffff"))).isTrue();
    assertThat(throttle.isCutOff(address("2001:db8:0:1::1"))).isFalse();
    assertThat(throttle.isCutOff(address("192.0.2.1"))).isFalse();
  }

  /** One failure of each of many /64 networks of one site. */
  private void rotate(String site, int networks) throws UnknownHostException {
    for (int i = 0; i < networks; i++) {
      fail(site + ":" + Integer.toHexString(i) + "::1", 1);
    }
  }

  @Test
  void cutsOffAnIpv6SiteThatUsesManyOfItsNetworks() throws Exception {
    rotate("2001:db8:1", 199);
    assertThat(throttle.isCutOff(address("2001:db8:1:ffff::1"))).isFalse();
    rotate("2001:db8:1", 1);
    assertThat(throttle.isCutOff(address("2001:db8:1:ffff::1"))).isTrue();
    assertThat(throttle.isCutOff(address("2001:db8:2:ffff::1"))).isFalse();
    assertThat(throttle.isCutOff(address("192.0.2.1"))).isFalse();
    pass(Duration.ofSeconds(3));
    assertThat(throttle.isCutOff(address("2001:db8:1:ffff::1"))).isFalse();
  }

  @Test
  void remembersNoMoreNetworksHoweverManyFail() throws Exception {
    for (int site = 0; site < 500; site++) {
      rotate("2001:db8:" + Integer.toHexString(site), 100);
    }
    assertThat(throttle.size()).isEqualTo(10_500);
    for (int site = 0; site < 20_000; site++) {
      fail("2001:db8:" + Integer.toHexString(site) + "::1", 1);
    }
    assertThat(throttle.size()).isEqualTo(20_000);
  }

  @Test
  void forgetsWhoFailedLeastRecentlyWhenItIsFull() throws Exception {
    fail("192.0.2.1", 20);
    fail("192.0.2.2", 20);
    for (int i = 0; i < 9_998; i++) {
      fail("10.0." + i / 256 + "." + i % 256, 1);
    }
    assertThat(throttle.isCutOff(address("192.0.2.2"))).isTrue();
    fail("10.1.0.0", 1);
    assertThat(throttle.isCutOff(address("192.0.2.1"))).isFalse();
    assertThat(throttle.isCutOff(address("192.0.2.2"))).isTrue();
  }
}
