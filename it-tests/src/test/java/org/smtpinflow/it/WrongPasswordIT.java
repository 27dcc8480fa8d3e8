// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.smtpinflow.it.admin.SecureAdapter;
import org.smtpinflow.it.app.SenderBean;
import org.smtpinflow.it.client.SaslClient;
import org.smtpinflow.it.client.SmtpConnection;
import org.smtpinflow.it.client.Submission;
import org.smtpinflow.it.client.TlsClient;
import org.smtpinflow.it.container.Archives;
import org.smtpinflow.it.container.Container;

/**
 * A client guesses passwords. Each test uses separate client addresses, because a client that was
 * cut off remains so, and separate users, because the container locks users that are attacked.
 */
@ExtendWith(ArquillianExtension.class)
class WrongPasswordIT {

  private static final SecureAdapter ADAPTER = new SecureAdapter("wrong-password");

  private static final String ATTACKER = "127.0.0.1";
  private static final String OTHER = "127.0.0.2";

  private static final String VICTIM = "attacked";
  private static final String BYSTANDER = "bystander";
  private static final String TIMED = "timed";
  private static final String PASSWORD = "right-1-password";

  private static final String REFUSED = "535 5.7.8 Authentication credentials invalid";
  private static final String CUT_OFF =
      "421 4.7.0 Too many failed authentications, closing connection";

  private static final int ATTEMPTS = 1000;
  private static final int SESSIONS = 20;

  /** The default of maxAuthFailuresPerClient. */
  private static final int LIMIT = 20;

  @Deployment(testable = false)
  static EnterpriseArchive application() {
    return Archives.application(
        "wrong-password",
        ADAPTER.archive(Map.of("maxAuthFailuresPerClient", String.valueOf(LIMIT))),
        SenderBean.class);
  }

  @BeforeAll
  static void users() throws IOException {
    for (String user : List.of(VICTIM, BYSTANDER, TIMED)) {
      Container.underTest().addUser(user, PASSWORD, "agent");
    }
    ADAPTER.addCredentials(TIMED, PASSWORD, "agent");
  }

  /** Tries until the attempts are used up, in one session after the other. */
  private static void attack(AtomicInteger attempts, Map<String, AtomicInteger> answers) {
    while (attempts.get() > 0) {
      try (SmtpConnection session = TlsClient.of().from(ATTACKER).submissions()) {
        String answer = "";
        while (!answer.startsWith("421 ") && attempts.getAndDecrement() > 0) {
          answer = new SaslClient(session).plain(VICTIM, "wrong");
          answers.computeIfAbsent(answer, none -> new AtomicInteger()).incrementAndGet();
          if (answer.equals(REFUSED) && isEnded(session)) {
            break;
          }
        }
      } catch (IOException e) {
        answers.computeIfAbsent(e.toString(), none -> new AtomicInteger()).incrementAndGet();
      }
    }
  }

  /** Returns whether the session has ended, as it must after its third failure. */
  private static boolean isEnded(SmtpConnection session) throws IOException {
    return session.command("NOOP").startsWith("421 ");
  }

  @Test
  void aThousandWrongPasswordsFromOneAddress() throws IOException {
    AtomicInteger attempts = new AtomicInteger(ATTEMPTS);
    Map<String, AtomicInteger> answers = new ConcurrentHashMap<>();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < SESSIONS; i++) {
      Thread thread = new Thread(() -> attack(attempts, answers), "attacker-" + i);
      threads.add(thread);
      thread.start();
    }
    int served = 0;
    while (threads.stream().anyMatch(Thread::isAlive)) {
      assertThatItIsServed(served++);
    }

    assertThat(served).isPositive();
    assertThat(answers.keySet()).containsExactlyInAnyOrder(REFUSED, CUT_OFF);
    // All sessions may have asked before the first of them failed.
    assertThat(answers.get(REFUSED).get()).isBetween(LIMIT, LIMIT + SESSIONS);
    assertThat(answers.get(CUT_OFF).get()).isGreaterThan(ATTEMPTS - LIMIT - 3 * SESSIONS);
    assertThatTheRightPasswordIsNotHeardEither();
    assertThatItIsServed(served);
  }

  /**
   * Another address can authenticate with a password, and any address can send mail that needs no
   * password.
   */
  private static void assertThatItIsServed(int number) throws IOException {
    try (SmtpConnection session = TlsClient.of().from(OTHER).submissions()) {
      assertThat(new SaslClient(session).plain(BYSTANDER, PASSWORD)).startsWith("235 ");
      assertThat(Submission.send(session, "bystander-" + number + "@sender.example"))
          .startsWith("250 2.0.0 ");
    }
    try (SmtpConnection session = new SmtpConnection().greet()) {
      assertThat(Submission.send(session, "nobody-" + number + "@sender.example"))
          .startsWith("250 2.0.0 ");
    }
  }

  private static void assertThatTheRightPasswordIsNotHeardEither() throws IOException {
    try (SmtpConnection session = TlsClient.of().from(ATTACKER).submissions()) {
      assertThat(new SaslClient(session).plain(BYSTANDER, PASSWORD)).isEqualTo(CUT_OFF);
      assertThat(session.readLine()).isNull();
    }
  }

  /** A session may try three times, and waits longer each time. */
  @Test
  void aSessionIsSlowedAndEnds() throws IOException {
    try (SmtpConnection session = TlsClient.of().from("127.0.0.3").submissions()) {
      for (int i = 0; i < 3; i++) {
        long began = System.nanoTime();
        assertThat(new SaslClient(session).login("slowed", "wrong")).isEqualTo(REFUSED);
        assertThat(Duration.ofNanos(System.nanoTime() - began))
            .isGreaterThanOrEqualTo(Duration.ofSeconds(1L << i).minusMillis(50));
      }
      assertThat(session.readReply()).isEqualTo(CUT_OFF);
      assertThat(session.readLine()).isNull();
    }
  }

  /** What a client does to authenticate. */
  private interface Attempt {
    String as(SaslClient client, String user) throws IOException;
  }

  @Test
  void anUnknownUserIsToldWhatAWrongPasswordIsTold() throws Exception {
    compare("PLAIN", 4, (client, user) -> client.plain(user, "wrong"));
    compare("LOGIN", 5, (client, user) -> client.login(user, "wrong"));
    compare("SCRAM-SHA-256", 6, (client, user) -> client.scram(user, "wrong"));
  }

  private static void compare(String mechanism, int address, Attempt attempt) throws Exception {
    int each = 4;
    ExecutorService clients = Executors.newFixedThreadPool(2 * each);
    try {
      List<Future<Long>> wrong = new ArrayList<>();
      List<Future<Long>> unknown = new ArrayList<>();
      for (int i = 0; i < each; i++) {
        wrong.add(clients.submit(timed(address, TIMED, attempt)));
        unknown.add(clients.submit(timed(address, "unknown", attempt)));
      }
      // For people to read: a machine that does other things too can prove nothing.
      System.out.printf(
          "%s refused after (ms): wrong password %s, unknown user %s%n",
          mechanism, Arrays.toString(millis(wrong)), Arrays.toString(millis(unknown)));
    } finally {
      clients.shutdown();
    }
  }

  private static Callable<Long> timed(int address, String user, Attempt attempt) {
    return () -> {
      try (SmtpConnection session = TlsClient.of().from("127.0.0." + address).submissions()) {
        long began = System.nanoTime();
        assertThat(attempt.as(new SaslClient(session), user)).isEqualTo(REFUSED);
        return System.nanoTime() - began;
      }
    };
  }

  private static double[] millis(List<Future<Long>> times) throws Exception {
    double[] millis = new double[times.size()];
    for (int i = 0; i < millis.length; i++) {
      millis[i] = times.get(i).get() / 10_000 / 100.0;
    }
    Arrays.sort(millis);
    return millis;
  }
}
