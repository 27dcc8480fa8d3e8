// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.it.environment;

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
    choosePorts();
    try {
      Files.createDirectories(TestEnvironment.CONTENT_DIRECTORY);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    database = Database.start();
  }

  /** The system properties are what arquillian.xml and {@link TestEnvironment} refer to. */
  private static void choosePorts() {
    int offset = PortOffset.find();
    set("it.portOffset", offset);
    set("it.smtpPort", PortOffset.SMTP + offset);
    set("it.otherSmtpPort", PortOffset.OTHER_SMTP + offset);
    set("it.mailPort", PortOffset.MAIL + offset);
    set("it.submissionPort", PortOffset.SUBMISSION + offset);
    set("it.submissionsPort", PortOffset.SUBMISSIONS + offset);
    set("it.lmtpPort", PortOffset.LMTP + offset);
    set("it.databasePort", PortOffset.DATABASE + offset);
    set("it.portBase", PortOffset.findRange());
    set("it.managementPort", PortOffset.MANAGEMENT + offset);
    int second = PortOffset.find();
    set("it.secondPortOffset", second);
    set("it.secondPortBase", PortOffset.findRange());
    set("it.secondManagementPort", PortOffset.MANAGEMENT + second);
  }

  private static void set(String property, int value) {
    System.setProperty(property, String.valueOf(value));
  }

  @Override
  public void launcherSessionClosed(LauncherSession session) {
    database.stop();
  }
}
