// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.smtpinflow.smtp.protocol.Reply;
import org.smtpinflow.smtp.protocol.SessionConfig.Service;

@Timeout(60)
class ServerLmtpTest {

  private static final String MESSAGE =
      """
      S: 220
      C: LHLO client.example
      S: 250
      C: MAIL FROM:<>
      C: RCPT TO:<a@example.com>
      C: RCPT TO:<b@example.com>
      C: DATA
      S: 250 2.1.0
      S: 250 2.1.5
      S: 250 2.1.5
      S: 354
      C: .
      """;

  private static TestServer start() throws Exception {
    TestServer.Settings settings = new TestServer.Settings();
    settings.service = Service.LMTP;
    return TestServer.start(settings);
  }

  @Test
  void answersForEachRecipient() throws Exception {
    try (TestServer server = start();
        ServerTranscript client = server.connect()) {
      server.receiver().onMessage =
          mail ->
              TestReceiver.answer(
                  List.of(TestReceiver.MESSAGE_OK, Reply.of(550, "5.7.1", "Not here")));
      client.hold(MESSAGE + "S: 250 2.0.0 Taken\nS: 550 5.7.1 Not here");
      assertThat(server.server().statistics().messagesAccepted()).isEqualTo(1);
    }
  }

  @Test
  void answers451ForAllIfTheReceiverFailsOrAnswersForTooFew() throws Exception {
    try (TestServer server = start()) {
      for (var answer :
          List.of(
              CompletableFuture.completedStage(List.of(TestReceiver.MESSAGE_OK)),
              CompletableFuture.<List<Reply>>failedStage(new IllegalStateException("broken")))) {
        server.receiver().onMessage = mail -> PendingMessage.of(answer);
        try (ServerTranscript client = server.connect()) {
          client.hold(MESSAGE + "S: 451 4.3.0\nS: 451 4.3.0\nC: QUIT\nS: 221\nS: EOF");
        }
      }
      assertThat(server.server().statistics().messagesDeferred()).isEqualTo(2);
    }
  }
}
