// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.it.client;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.smtpinflow.it.environment.OsProgram;
import org.smtpinflow.it.environment.TestEnvironment;

/** The library that programs in JavaScript send mail with, from npm. */
public final class Nodemailer {

  private static final String VERSION = "nodemailer@7.0.9";

  private Nodemailer() {}

  /**
   * Installs it below the directory of the tests, if it is not there; skips the test if it cannot.
   */
  public static Path modules() {
    OsProgram.assumeInstalled("node");
    Path directory = TestEnvironment.BUILD.resolve("npm");
    Path modules = directory.resolve("node_modules");
    if (!Files.isDirectory(modules.resolve("nodemailer"))) {
      OsProgram.assumeInstalled("npm");
      OsProgram.Result result =
          OsProgram.run(
              "npm",
              "install",
              "--no-audit",
              "--no-fund",
              "--ignore-scripts",
              "--prefix",
              directory.toString(),
              VERSION);
      assumeTrue(result.exitCode() == 0, () -> VERSION + ": " + result.output());
    }
    return modules;
  }
}
