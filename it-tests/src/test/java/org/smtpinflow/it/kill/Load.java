// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.it.kill;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.smtpinflow.it.client.SmtpConnection;
import org.smtpinflow.it.environment.Await;
import org.smtpinflow.it.kill.NumberedMails.Outcome;

/**
 * Clients that send one mail after the other, each on a thread of its own, until the server dies.
 */
final class Load implements AutoCloseable {

  private static final int CLIENTS = 8;

  private final NumberedMails mails;
  private final int port;
  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean ending;

  /** Starts to send. */
  Load(NumberedMails mails, int port) {
    this.mails = mails;
    this.port = port;
    for (int i = 0; i < CLIENTS; i++) {
      Thread thread = new Thread(this::send, "client-" + i);
      threads.add(thread);
      thread.start();
    }
  }

  private void send() {
    try (SmtpConnection connection = new SmtpConnection(port).greet()) {
      while (!ending) {
        send(connection, mails.next());
      }
    } catch (IOException e) {
      // The server is dead; what it did not answer stays unanswered.
    }
  }

  private void send(SmtpConnection connection, String sender) throws IOException {
    connection.command("MAIL FROM:<" + sender + ">");
    connection.command("RCPT TO:<" + NumberedMails.recipient(sender) + ">");
    if (connection.command("DATA").startsWith("354")) {
      mails.outcome(sender, Outcome.UNANSWERED);
      String reply = connection.command(NumberedMails.content(sender) + ".");
      mails.outcome(sender, reply.startsWith("250 ") ? Outcome.ACCEPTED : Outcome.REFUSED);
    } else {
      connection.command("RSET");
    }
  }

  /** Waits until so many more mails have been accepted than there are now. */
  void awaitAccepted(int further) {
    long wanted = mails.count(Outcome.ACCEPTED) + further;
    Await.until("accepted mails", () -> mails.count(Outcome.ACCEPTED) >= wanted);
  }

  /** Waits until each client has noticed that the server is dead. */
  @Override
  public void close() {
    ending = true;
    for (Thread thread : threads) {
      Await.until("the end of " + thread.getName(), () -> !thread.isAlive());
    }
  }
}
