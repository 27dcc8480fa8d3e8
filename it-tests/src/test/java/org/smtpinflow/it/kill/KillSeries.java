// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.it.kill;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.smtpinflow.it.kill.NumberedMails.Outcome;

/** Kills a server under load, again and again. */
final class KillSeries {

  private static final int LEAST_ACCEPTED = 20;
  private static final int MOST_ACCEPTED = 120;

  private final KilledServer server;
  private final NumberedMails mails = new NumberedMails();
  private final Set<String> contradictions = new TreeSet<>();

  KillSeries(KilledServer server) {
    this.server = server;
  }

  /** Kills the server as often as the system property {@code it.kills} says, by default 3 times. */
  void run(String name) throws IOException {
    int kills = Integer.getInteger("it.kills", 3);
    Random random = new Random();
    for (int kill = 1; kill <= kills; kill++) {
      server.start();
      try (Load load = new Load(mails, server.smtpPort())) {
        load.awaitAccepted(random.nextInt(LEAST_ACCEPTED, MOST_ACCEPTED));
        server.kill();
      }
      HelpDeskDatabase left = server.database();
      contradictions.addAll(mails.contradictions(left.tables()));
      // H2 has repaired and closed its file by now, as a server does that stops after a crash.
      contradictions.addAll(mails.contradictions(left.tables()));
      System.out.printf(
          "%s, kill %d: answered 250: %d, refused: %d, unanswered: %d, contradictions: %d%n",
          name,
          kill,
          mails.count(Outcome.ACCEPTED),
          mails.count(Outcome.REFUSED),
          mails.count(Outcome.UNANSWERED),
          contradictions.size());
    }
    assertThat(contradictions).isEmpty();
  }
}
