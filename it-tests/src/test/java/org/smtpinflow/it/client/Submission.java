// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.it.client;

import java.io.IOException;
import java.util.List;

/** Sends a message within a session, as a client that minds no reply but the one that refuses. */
public final class Submission {

  private Submission() {}

  /** Returns the reply to the end of the message, or the first one that refuses a part of it. */
  public static String send(SmtpConnection session, String recipient) throws IOException {
    return send(session, "FROM:<sender@example.org>", recipient);
  }

  /**
   * Returns the reply to the end of the message, or the first one that refuses a part of it.
   *
   * @param from the argument of MAIL
   */
  public static String send(SmtpConnection session, String from, String recipient)
      throws IOException {
    for (String command : List.of("MAIL " + from, "RCPT TO:<" + recipient + ">", "DATA")) {
      String reply = session.command(command);
      if (reply.charAt(0) > '3') {
        session.command("RSET");
        return reply;
      }
    }
    return session.command("Subject: submission\r\n\r\nHello\r\n.");
  }
}
