// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.server;

import io.netty.util.internal.PlatformDependent;
import java.util.Properties;

/**
 * Keeps Netty from registering with the JDK's flight recorder. The recorder would hold Netty's
 * class loader for ever, and with it every version of an application that was ever deployed.
 */
final class FlightRecording {

  private static final String SETTING = "io.netty.jfr.enabled";

  private FlightRecording() {}

  /**
   * Turns it off only in this copy of Netty. Must be called before any other class of Netty is
   * used. Netty reads a system property once, so this method sets the property only for that
   * moment.
   *
   * @return whether it is off
   */
  static boolean turnOff() {
    Properties properties = System.getProperties();
    // Other copies of this class share the properties.
    synchronized (properties) {
      Object former = properties.setProperty(SETTING, "false");
      try {
        return !PlatformDependent.isJfrEnabled();
      } finally {
        if (former == null) {
          properties.remove(SETTING);
        } else {
          properties.put(SETTING, former);
        }
      }
    }
  }
}
