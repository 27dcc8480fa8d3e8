// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import org.h2.tools.Server;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/** Prepares what the application server needs before it starts. */
public final class TestRun implements LauncherSessionListener {

  private Server database;

  /** Needed by JUnit. */
  public TestRun() {}

  @Override
  public void launcherSessionOpened(LauncherSession session) {
    try {
      Files.createDirectories(TestEnvironment.CONTENT_DIRECTORY);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    database = Database.start();
  }

  @Override
  public void launcherSessionClosed(LauncherSession session) {
    database.stop();
  }
}
