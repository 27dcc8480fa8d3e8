// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.rar.inflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.channels.UnsupportedAddressTypeException;
import org.junit.jupiter.api.Test;
import org.smtpinflow.smtp.server.ListenException;

class PortFailureTest {

  private static String explain(String listener, String host, int port, String reason) {
    return explain(listener, host, port, new BindException(reason));
  }

  private static String explain(String listener, String host, int port, Exception cause) {
    InetSocketAddress address = new InetSocketAddress(host, port);
    return PortFailure.explain(new ListenException(listener, address, cause));
  }

  @Test
  void portThatIsInUse() {
    assertThat(explain("smtp", "127.0.0.1", 2525, "Address already in use"))
        .isEqualTo(
            "smtpPort: 2525 cannot be opened at 127.0.0.1 (bindAddress): Address already in use;"
                + " end the program, or the other adapter, that listens there, or choose another"
                + " port");
  }

  @Test
  void portThatNeedsAPrivilege() {
    assertThat(explain("submission", "0.0.0.0", 587, "Permission denied"))
        .isEqualTo(
            "submissionPort: 587 cannot be opened at 0.0.0.0 (bindAddress): Permission denied;"
                + " only a privileged process may open a port below 1024: choose a higher one,"
                + " such as 2525, and have the operating system forward to it");
  }

  @Test
  void addressOfAnotherHost() {
    assertThat(explain("smtp", "192.0.2.1", 2525, "Cannot assign requested address"))
        .startsWith("smtpPort: 2525 cannot be opened at 192.0.2.1 (bindAddress): Cannot assign")
        .contains("choose an address of this host");
  }

  @Test
  void reasonInTheLanguageOfTheHost() {
    assertThat(explain("smtp", "127.0.0.1", 2525, "Die Adresse wird bereits verwendet"))
        .endsWith(
            "Die Adresse wird bereits verwendet; choose an address of this host, 0.0.0.0 or ::,"
                + " and a port that no other program has and that this process may open");
  }

  /** As on a WildFly that is as it comes. */
  @Test
  void addressOfIpv6WhereThereIsNone() {
    assertThat(explain("smtp", "::", 2525, new UnsupportedAddressTypeException()))
        .isEqualTo(
            "smtpPort: 2525 cannot be opened at 0:0:0:0:0:0:0:0 (bindAddress): the JVM has no IPv6;"
                + " choose an IPv4 address of this host or 0.0.0.0, or start the server without"
                + " -Djava.net.preferIPv4Stack=true");
  }
}
