// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.smtpinflow.api.MailServerStatistics;
import org.smtpinflow.smtp.protocol.ReceivedMail;
import org.smtpinflow.smtp.protocol.RecipientDecision;
import org.smtpinflow.smtp.protocol.Reply;

/** Sessions over real sockets. */
class SmtpServerTest {

  private static final String ENVELOPE =
      """
      S: 220 mx.example.com
      C: EHLO client.example
      S: 250
      C: MAIL FROM:<sender@example.org>
      C: RCPT TO:<support@example.com>
      S: 250 2.1.0
      S: 250 2.1.5
      """;

  private static final String MESSAGE =
      ENVELOPE
          + """
          C: DATA
          S: 354
          C: Subject: hello
          C:
          C: ..a line with a dot
          C: .
          """;

  private static final String CONTENT = "Subject: hello\r\n\r\n.a line with a dot\r\n";

  /** Keeps the octets of a message, as its content is gone after the answer. */
  private static Function<ReceivedMail, PendingMessage> keepIn(Queue<byte[]> octets) {
    return mail -> {
      octets.add(TestReceiver.octets(mail.content()));
      return TestReceiver.answer(List.of(TestReceiver.MESSAGE_OK));
    };
  }

  @Test
  void takesAMessage() throws Exception {
    Queue<byte[]> contents = new ConcurrentLinkedQueue<>();
    try (TestServer server = TestServer.start();
        ServerTranscript client = server.connect()) {
      server.receiver().onMessage = keepIn(contents);
      client.hold(
          MESSAGE
              + """
              S: 250 2.0.0 Taken
              C: QUIT
              S: 221 2.0.0
              S: EOF
              """);
      assertThat(contents).singleElement().isEqualTo(CONTENT.getBytes(StandardCharsets.US_ASCII));
      assertThat(server.receiver().mails)
          .singleElement()
          .satisfies(
              mail -> {
                assertThat(mail.envelope().recipients()).hasSize(1);
                assertThat(mail.client().helo()).isEqualTo("client.example");
                assertThat(mail.client().listener().name()).isEqualTo("test");
                assertThat(mail.client().listener().localAddress()).isEqualTo(server.address());
                assertThat(mail.client().remoteAddress())
                    .isEqualTo(client.socket().getLocalSocketAddress());
              });
    }
  }

  @Test
  void takesAMessageThatArrivesOctetByOctet() throws Exception {
    Queue<byte[]> contents = new ConcurrentLinkedQueue<>();
    try (TestServer server = TestServer.start();
        ServerTranscript client = server.connect()) {
      server.receiver().onMessage = keepIn(contents);
      String input =
          """
          EHLO client.example
          MAIL FROM:<>
          RCPT TO:<a@example.com>
          DATA
          Subject: hello

          ..a line with a dot
          .
          QUIT
          """
              .replace("\n", "\r\n");
      for (byte octet : input.getBytes(StandardCharsets.US_ASCII)) {
        client.send(new byte[] {octet});
      }
      client.hold(
          """
          S: 220
          S: 250
          S: 250 2.1.0
          S: 250 2.1.5
          S: 354
          S: 250 2.0.0 Taken
          S: 221
          S: EOF
          """);
      assertThat(contents).singleElement().isEqualTo(CONTENT.getBytes(StandardCharsets.US_ASCII));
    }
  }

  @Test
  void takesManyMessagesPipelinedInOneWrite() throws Exception {
    Queue<byte[]> contents = new ConcurrentLinkedQueue<>();
    int messages = 500;
    try (TestServer server = TestServer.start();
        ServerTranscript client = server.connect()) {
      server.receiver().onMessage = keepIn(contents);
      client.hold(
          """
          S: 220
          C: EHLO client.example
          S: 250
          """);
      ByteArrayOutputStream input = new ByteArrayOutputStream();
      for (int i = 0; i < messages; i++) {
        byte[] content = "X".repeat(i * 7).getBytes(StandardCharsets.US_ASCII);
        input.writeBytes(
            "MAIL FROM:<>\r\nRCPT TO:<a@example.com>\r\nBDAT %d LAST\r\n"
                .formatted(content.length)
                .getBytes(StandardCharsets.US_ASCII));
        input.writeBytes(content);
      }
      client.send(input.toByteArray());
      for (int i = 0; i < messages; i++) {
        client.hold(
            """
            S: 250 2.1.0
            S: 250 2.1.5
            S: 250 2.0.0 Taken
            """);
      }
      assertThat(contents).hasSize(messages);
      int length = 0;
      for (byte[] content : contents) {
        assertThat(content).hasSize(length);
        length += 7;
      }
    }
  }

  @Test
  void waitsForAnswersFromOtherThreadsAndGoesOnWithWhatArrivedMeanwhile() throws Exception {
    CompletableFuture<RecipientDecision> recipient = new CompletableFuture<>();
    CompletableFuture<List<Reply>> message = new CompletableFuture<>();
    try (TestServer server = TestServer.start();
        ServerTranscript client = server.connect()) {
      server.receiver().onRecipient = request -> recipient;
      server.receiver().onMessage = mail -> PendingMessage.of(message);
      client.hold(
          """
          S: 220
          C: EHLO client.example
          S: 250
          C: MAIL FROM:<>
          C: RCPT TO:<a@example.com>
          C: BDAT 3 LAST
          C: X
          C: NOOP
          C: QUIT
          S: 250 2.1.0
          """);
      recipient.complete(TestReceiver.RECIPIENT_OK);
      client.hold("S: 250 2.1.5");
      message.complete(List.of(Reply.of(550, "5.7.1", "Not wanted")));
      client.hold(
          """
          S: 550 5.7.1 Not wanted
          S: 250 2.0.0
          S: 221
          S: EOF
          """);
      assertThat(server.server().statistics().messagesRejected()).isEqualTo(1);
    }
  }

  static Function<ReceivedMail, PendingMessage>[] failures() {
    @SuppressWarnings({"unchecked", "rawtypes"}) // there are no arrays of generic types
    Function<ReceivedMail, PendingMessage>[] failures =
        new Function[] {
          (Function<ReceivedMail, PendingMessage>)
              mail -> {
                throw new IllegalStateException("of the test");
              },
          (Function<ReceivedMail, PendingMessage>)
              mail -> {
                throw new StackOverflowError("of the test");
              },
          (Function<ReceivedMail, PendingMessage>)
              mail ->
                  PendingMessage.of(
                      CompletableFuture.failedStage(new IllegalStateException("of the test"))),
          (Function<ReceivedMail, PendingMessage>)
              mail -> PendingMessage.of(CompletableFuture.completedStage(null)),
          (Function<ReceivedMail, PendingMessage>) mail -> PendingMessage.of(null),
          (Function<ReceivedMail, PendingMessage>) mail -> TestReceiver.answer(List.of()),
          (Function<ReceivedMail, PendingMessage>) mail -> null
        };
    return failures;
  }

  @ParameterizedTest
  @MethodSource("failures")
  void answers451WhenTheReceiverFails(Function<ReceivedMail, PendingMessage> failure)
      throws Exception {
    try (TestServer server = TestServer.start();
        ServerTranscript client = server.connect()) {
      server.receiver().onMessage = failure;
      client.hold(
          MESSAGE
              + """
              S: 451 4.3.0
              C: NOOP
              S: 250 2.0.0
              """);
      assertThat(server.server().statistics().messagesDeferred()).isEqualTo(1);
      assertThat(server.server().statistics().contentsHeld()).isZero();
    }
  }

  @Test
  void answers451ToARecipientWhenTheReceiverFails() throws Exception {
    try (TestServer server = TestServer.start();
        ServerTranscript client = server.connect()) {
      server.receiver().onRecipient =
          request -> CompletableFuture.failedStage(new IllegalStateException("of the test"));
      client.hold(
          """
          S: 220
          C: EHLO client.example
          S: 250
          C: MAIL FROM:<>
          C: RCPT TO:<a@example.com>
          S: 250 2.1.0
          S: 451 4.3.0
          """);
    }
  }

  @Test
  void closesTheContentWhenTheMessageIsAnsweredAndNotBefore() throws Exception {
    CompletableFuture<List<Reply>> answer = new CompletableFuture<>();
    try (TestServer server = TestServer.start();
        ServerTranscript client = server.connect()) {
      server.receiver().onMessage = mail -> PendingMessage.of(answer);
      client.hold(MESSAGE);
      Await.until("message given", () -> !server.receiver().mails.isEmpty());
      assertThat(server.server().statistics().contentsHeld()).isEqualTo(1);
      assertThat(TestReceiver.octets(server.receiver().mails.element().content()))
          .isEqualTo(CONTENT.getBytes(StandardCharsets.US_ASCII));
      answer.complete(List.of(TestReceiver.MESSAGE_OK));
      client.hold("S: 250 2.0.0 Taken");
      assertThat(server.server().statistics().contentsHeld()).isZero();
    }
  }

  @Test
  void closesTheContentOfAMessageWhoseClientHasGone() throws Exception {
    CompletableFuture<List<Reply>> answer = new CompletableFuture<>();
    try (TestServer server = TestServer.start()) {
      server.receiver().onMessage = mail -> PendingMessage.of(answer);
      try (ServerTranscript client = server.connect()) {
        client.hold(MESSAGE);
        Await.until("message given", () -> !server.receiver().mails.isEmpty());
        client.socket().setSoLinger(true, 0);
      }
      answer.complete(List.of(TestReceiver.MESSAGE_OK));
      Await.until("session ended", () -> server.server().statistics().sessionsOpen() == 0);
      assertThat(server.server().statistics().contentsHeld()).isZero();
      assertThat(server.server().statistics().messagesAccepted()).isEqualTo(1);
    }
  }

  @Test
  void aSessionThatEndsWhileItsMessageIsUndecidedWithdrawsIt() throws Exception {
    WithdrawableMessage gone = new WithdrawableMessage();
    WithdrawableMessage toldSo = new WithdrawableMessage();
    WithdrawableMessage answered = new WithdrawableMessage();
    try (TestServer server = TestServer.start()) {
      try (ServerTranscript client = server.connect()) {
        server.receiver().onMessage = mail -> answered;
        client.hold(MESSAGE);
        Await.until("message given", () -> server.receiver().mails.size() == 1);
        answered.replies.complete(List.of(TestReceiver.MESSAGE_OK));
        client.hold("S: 250 2.0.0 Taken\nC: QUIT\nS: 221\nS: EOF");
      }
      try (ServerTranscript client = server.connect()) {
        server.receiver().onMessage = mail -> toldSo;
        client.hold(MESSAGE);
        Await.until("message given", () -> server.receiver().mails.size() == 2);
        server.server().stop(Duration.ofMillis(1));
        client.hold("S: 421 4.3.2\nS: EOF");
      }
    }
    try (TestServer server = TestServer.start()) {
      server.receiver().onMessage = mail -> gone;
      try (ServerTranscript client = server.connect()) {
        client.hold(MESSAGE);
        Await.until("message given", () -> !server.receiver().mails.isEmpty());
        client.socket().setSoLinger(true, 0);
      }
      server.server().stop(Duration.ofMillis(1));
    }
    assertThat(answered.withdrawn).isZero();
    assertThat(toldSo.withdrawn).isEqualTo(1);
    assertThat(gone.withdrawn).isEqualTo(1);
  }

  /** Knows how often it was withdrawn; fails then, which must not matter to the session. */
  private static final class WithdrawableMessage implements PendingMessage {

    private final CompletableFuture<List<Reply>> replies = new CompletableFuture<>();
    private volatile int withdrawn;

    @Override
    public CompletionStage<List<Reply>> replies() {
      return replies;
    }

    @Override
    public synchronized void withdraw() {
      withdrawn++;
      throw new IllegalStateException("of the test");
    }
  }

  @Test
  void forgetsAMessageThatIsCutOff() throws Exception {
    try (TestServer server = TestServer.start()) {
      try (ServerTranscript client = server.connect()) {
        client
            .hold(
                ENVELOPE
                    + """
                    C: DATA
                    S: 354
                    """)
            .send("X".repeat(5_000_000));
      }
      Await.until("session ended", () -> server.server().statistics().sessionsOpen() == 0);
      Await.until("content gone", () -> server.server().statistics().contentsHeld() == 0);
      assertThat(server.server().statistics().diskOctets()).isZero();
      assertThat(server.server().statistics().heapOctets()).isZero();
      assertThat(server.receiver().mails).isEmpty();
    }
  }

  @Test
  void countsWhatItDoes() throws Exception {
    try (TestServer server = TestServer.start()) {
      try (ServerTranscript client = server.connect()) {
        client.hold(MESSAGE + "S: 250 2.0.0 Taken");
        assertThat(server.server().statistics()).isEqualTo(statistics(1));
      }
      Await.until("session ended", () -> server.server().statistics().sessionsOpen() == 0);
      assertThat(server.server().statistics()).isEqualTo(statistics(0));
    }
  }

  private static ServerStatistics statistics(int sessionsOpen) {
    return new ServerStatistics(
        sessionsOpen,
        1,
        0,
        1,
        0,
        0,
        0,
        0,
        0,
        new MailServerStatistics.Tls(0, 0, 0, 0, Optional.empty()),
        new MailServerStatistics.Authentication(0, 0, 0));
  }
}
