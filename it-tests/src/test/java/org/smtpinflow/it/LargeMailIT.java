// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.smtpinflow.it.app.ReadingBean;
import org.smtpinflow.it.client.LargeMail;
import org.smtpinflow.it.client.SmtpConnection;
import org.smtpinflow.it.client.Transcript;
import org.smtpinflow.it.container.Archives;
import org.smtpinflow.it.container.Container;
import org.smtpinflow.it.environment.Await;
import org.smtpinflow.it.environment.Database;
import org.smtpinflow.it.environment.Sighting;
import org.smtpinflow.it.environment.TestEnvironment;

/** Mail that is larger than the heap: arquillian.xml gives the server 256 MiB in all. */
@ExtendWith(ArquillianExtension.class)
class LargeMailIT {

  private static final int AT_ONCE = 8;

  @Deployment(testable = false)
  static EnterpriseArchive application() {
    return Archives.application("large", Archives.adapter(), ReadingBean.class);
  }

  @Test
  void eightMessagesOfFiftyMebioctetsAtOnce() throws Exception {
    ExecutorService clients = Executors.newFixedThreadPool(AT_ONCE);
    try {
      List<Future<Void>> sessions = new ArrayList<>();
      for (int i = 0; i < AT_ONCE; i++) {
        LargeMail mail = new LargeMail(i);
        sessions.add(clients.submit(() -> sendAndCompare(mail)));
      }
      for (Future<Void> session : sessions) {
        session.get();
      }
    } catch (ExecutionException e) {
      throw new AssertionError(e.getCause().getMessage(), e.getCause());
    } finally {
      clients.shutdownNow();
    }
    // They are closed by a thread for what blocks on the disk, which the reply does not wait for.
    Await.until(
        "the files to be closed",
        () -> Container.underTest().openFilesIn(TestEnvironment.CONTENT_DIRECTORY).isEmpty());
  }

  private static Void sendAndCompare(LargeMail mail) throws IOException {
    try (SmtpConnection connection = new SmtpConnection()) {
      Transcript.play(
          connection,
          """
          S: 220 ...
          C: EHLO client.example
          S: 250-mx.example.com ...
          S: *
          C: MAIL FROM:<sender@example.org> SIZE=%d
          S: 250 2.1.0 ...
          C: RCPT TO:<one@read.example>
          S: 250 2.1.5 ...
          C: DATA
          S: 354 ...
          """
              .formatted(LargeMail.SIZE));
      mail.send(connection);
      String id =
          Transcript.play(connection, "C: .\nS: 250 2.0.0 Message {id} delivered").get("id");

      Sighting seen = Database.sightings(id).get(0);
      assertThat(seen.size()).isGreaterThan(LargeMail.SIZE);
      assertThat(seen.facts())
          .contains(
              entry("part 1 file", "large.bin"),
              entry("part 1 sha256", mail.attachmentSha256()),
              entry("declared octets sha256", mail.sha256()));
      return null;
    }
  }
}
