// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.it.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.smtpinflow.api.Mail;

/**
 * How a bean stops until the test lets it go on: it connects to the port that is the detail of the
 * recipient's local part ({@code held+4711}), says the mail's id, and waits for the end of the
 * stream.
 */
public final class Holding {

  private static final int PATIENCE_MILLIS = 60_000;

  private Holding() {}

  /** Returns when the test lets the mail go on. */
  static void hold(Mail mail) {
    String local = mail.envelope().recipients().get(0).path().localPart();
    int port = Integer.parseInt(local.substring(local.indexOf('+') + 1));
    try (Socket gate = new Socket(InetAddress.getLoopbackAddress(), port)) {
      gate.setSoTimeout(PATIENCE_MILLIS);
      gate.getOutputStream().write((mail.id() + "\n").getBytes(StandardCharsets.US_ASCII));
      gate.getInputStream().readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
