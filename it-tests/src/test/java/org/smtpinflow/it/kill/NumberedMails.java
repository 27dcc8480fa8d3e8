// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.it.kill;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Mails, each with a reverse-path of its own, and what their client knows of each. */
final class NumberedMails {

  private static final int LINES = 50;

  /** What a client knows of a mail. */
  enum Outcome {
    /** Answered 250. */
    ACCEPTED,
    /** Answered 4yz or 5yz, or not sent to the end. */
    REFUSED,
    /** Sent to the end, and not answered. */
    UNANSWERED
  }

  private final AtomicInteger last = new AtomicInteger();
  private final Map<String, Outcome> outcomes = new ConcurrentHashMap<>();

  /** Returns the reverse-path of a mail that nobody has sent so far. */
  String next() {
    String sender = "m" + last.incrementAndGet() + "@example.org";
    outcome(sender, Outcome.REFUSED);
    return sender;
  }

  /** Returns the recipient of a mail: some beans of the sample refuse what they have stored. */
  static String recipient(String sender) {
    return switch (number(sender) % 10) {
      case 3 -> "rollback@example.com";
      case 7 -> "reject@example.com";
      default -> "support@example.com";
    };
  }

  /** Returns the content of a mail, without the final dot. */
  static String content(String sender) {
    return "Subject: " + sender + "\r\n\r\n" + "Hello\r\n".repeat(number(sender) % LINES * LINES);
  }

  private static int number(String sender) {
    return Integer.parseInt(sender.substring(1, sender.indexOf('@')));
  }

  void outcome(String sender, Outcome outcome) {
    outcomes.put(sender, outcome);
  }

  /** Returns how many mails have an outcome. */
  long count(Outcome outcome) {
    return outcomes.values().stream().filter(outcome::equals).count();
  }

  /**
   * Returns a sentence for each mail that is not stored as its client was told.
   *
   * @param tables for each table the number of mails in it by reverse-path
   */
  List<String> contradictions(Collection<Map<String, Integer>> tables) {
    List<String> found = new ArrayList<>();
    outcomes.forEach(
        (sender, outcome) -> {
          List<Integer> counts = tables.stream().map(t -> t.getOrDefault(sender, 0)).toList();
          if (!isConsistent(outcome, counts)) {
            found.add(sender + " is " + outcome + " and in the tables " + counts + " times");
          }
        });
    return found;
  }

  /** Mail to support goes to two beans, in one transaction: it is in both tables or in none. */
  private static boolean isConsistent(Outcome outcome, List<Integer> counts) {
    return switch (outcome) {
      case ACCEPTED -> counts.stream().allMatch(count -> count == 1);
      case REFUSED -> counts.stream().allMatch(count -> count == 0);
      case UNANSWERED -> counts.stream().distinct().count() == 1 && counts.get(0) <= 1;
    };
  }
}
