// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import org.junit.jupiter.api.Test;

class FlightRecordingTest {

  private static final String SETTING = "io.netty.jfr.enabled";

  /** Netty reads the setting once for each class loader, so this test has a separate one. */
  @Test
  void isOffAndTheSystemPropertyIsAsBefore() throws Exception {
    URL server = FlightRecording.class.getProtectionDomain().getCodeSource().getLocation();
    URL netty =
        io.netty.util.internal.PlatformDependent.class
            .getProtectionDomain()
            .getCodeSource()
            .getLocation();
    try (URLClassLoader fresh =
        new URLClassLoader(new URL[] {server, netty}, ClassLoader.getPlatformClassLoader())) {
      Method turnOff =
          fresh.loadClass(FlightRecording.class.getName()).getDeclaredMethod("turnOff");
      turnOff.setAccessible(true);

      assertThat(turnOff.invoke(null)).isEqualTo(true);
      assertThat(System.getProperty(SETTING)).isNull();
    }
  }
}
