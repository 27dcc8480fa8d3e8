// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.it;

import java.nio.file.Path;
import org.jboss.as.controller.client.helpers.Operations;

/** The users that the application server itself knows. */
final class Realm {

  private Realm() {}

  /** Adds a user, or replaces the one of that name. */
  static void add(String user, String password, String groups) {
    OsProgram.Result result =
        OsProgram.run(
            "env",
            "JAVA_HOME=" + System.getProperty("it.javaHome"),
            Path.of(System.getProperty("it.wildflyHome"), "bin", "add-user.sh").toString(),
            "-a",
            "-u",
            user,
            "-p",
            password,
            "-g",
            groups);
    if (result.exitCode() != 0) {
      throw new IllegalStateException(result.output());
    }
    WildFly.execute(
        Operations.createOperation(
            "load",
            WildFly.address("subsystem", "elytron", "properties-realm", "ApplicationRealm")));
  }
}
