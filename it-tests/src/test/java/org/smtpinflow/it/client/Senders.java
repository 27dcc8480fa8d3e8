// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.it.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.smtpinflow.it.environment.Await;

/**
 * Clients that send one message after the other, each on its own thread, whatever the replies. A
 * client that loses its session or finds no server tries again a moment later.
 */
public final class Senders implements AutoCloseable {

  private static final Pattern ACKNOWLEDGED = Pattern.compile("250 2\\.0\\.0 Message (\\w+) .*");
  private static final int MESSAGES_PER_SESSION = 5;
  private static final Duration RETRY = Duration.ofMillis(5);

  private final String recipient;
  private final List<Thread> threads = new ArrayList<>();
  private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
  private final Set<String> refusals = ConcurrentHashMap.newKeySet();
  private volatile boolean ending;

  /** Starts to send. */
  public Senders(int clients, String recipient) {
    this.recipient = recipient;
    for (int i = 0; i < clients; i++) {
      Thread thread = new Thread(this::send, "sender-" + i);
      threads.add(thread);
      thread.start();
    }
  }

  private void send() {
    while (!ending) {
      try (SmtpConnection connection = new SmtpConnection()) {
        take(connection.readReply());
        take(connection.command("EHLO client.example"));
        for (int i = 0; i < MESSAGES_PER_SESSION && !ending; i++) {
          sendMessage(connection);
        }
        take(connection.command("QUIT"));
      } catch (IOException e) {
        // No server, or one that closes: nothing of the message in hand is acknowledged. The pause
        // leaves the processor to a server that is at work on its redeployment.
        LockSupport.parkNanos(RETRY.toNanos());
      }
    }
  }

  private void sendMessage(SmtpConnection connection) throws IOException {
    if (take(connection.command("MAIL FROM:<sender@example.org>"))
        && take(connection.command("RCPT TO:<" + recipient + ">"))
        && take(connection.command("DATA"))) {
      String reply = connection.command("Subject: load\r\n\r\n" + "Hello\r\n".repeat(100) + ".");
      Matcher matcher = ACKNOWLEDGED.matcher(reply);
      if (matcher.matches()) {
        acknowledged.add(matcher.group(1));
      } else {
        take(reply);
      }
    } else {
      take(connection.command("RSET"));
    }
  }

  /** Returns whether a reply is positive, and keeps it if it is not. */
  private boolean take(String reply) {
    boolean positive = reply.charAt(0) < '4';
    if (!positive) {
      refusals.add(reply);
    }
    return positive;
  }

  /** Waits until so many more messages have been acknowledged than there are now. */
  public void awaitFurther(int messages) {
    int wanted = acknowledged.size() + messages;
    Await.until("acknowledged messages", () -> acknowledged.size() >= wanted);
  }

  /** Returns the ids of the messages that the server has said 250 to. */
  public Set<String> acknowledged() {
    return acknowledged;
  }

  /** Returns the different replies that were not positive. */
  public Set<String> refusals() {
    return refusals;
  }

  /** Lets each client end its message, and waits for all of them. */
  @Override
  public void close() {
    ending = true;
    for (Thread thread : threads) {
      Await.until("the end of " + thread.getName(), () -> !thread.isAlive());
    }
    assertThat(threads).noneMatch(Thread::isAlive);
  }
}
