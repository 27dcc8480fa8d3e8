// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.it.container;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import org.h2.tools.Server;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestPlan;
import org.smtpinflow.it.environment.Database;
import org.smtpinflow.it.environment.PortOffset;
import org.smtpinflow.it.environment.TestEnvironment;

/**
 * Prepares what the container needs before it starts. A JVM that runs tests has one session of the
 * launcher, with one container, from its first test class to its last. Sessions that only look for
 * tests prepare nothing: Maven itself has one.
 */
public final class TestRun implements LauncherSessionListener, TestExecutionListener {

  private Server database;

  /** Needed by JUnit. */
  public TestRun() {}

  @Override
  public void launcherSessionOpened(LauncherSession session) {
    session.getLauncher().registerTestExecutionListeners(this);
  }

  @Override
  public void testPlanExecutionStarted(TestPlan tests) {
    if (database != null) {
      return;
    }
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
    if (database != null) {
      ScriptedDeployableContainer.stopKept();
      database.stop();
    }
  }
}
