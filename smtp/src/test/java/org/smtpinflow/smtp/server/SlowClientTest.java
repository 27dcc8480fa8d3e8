// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.concurrent.MockTicker;
import io.netty.util.concurrent.Ticker;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.smtpinflow.api.Client;
import org.smtpinflow.smtp.content.SpoolStore;
import org.smtpinflow.smtp.protocol.Reply;
import org.smtpinflow.smtp.protocol.SessionConfig;
import org.smtpinflow.smtp.protocol.SmtpSession;

/**
 * How long clients may take. The clock is the test's own: a session has 300 s for each command, 180
 * s for content, and must send 500 octets per second.
 */
class SlowClientTest {

  private static final Duration ALMOST_A_COMMAND = Duration.ofSeconds(299);

  private final TestReceiver receiver = new TestReceiver();
  private final MockTicker ticker = Ticker.newMockTicker();
  private final EmbeddedChannel channel = EmbeddedChannel.builder().ticker(ticker).build();
  private final SpoolStore store =
      new SpoolStore(
          Path.of(System.getProperty("java.io.tmpdir")),
          64 << 20,
          1L << 30,
          1L << 30,
          Runnable::run);
  private boolean crowded;

  SlowClientTest() {
    InetSocketAddress client = new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);
    SessionConfig config = SessionConfig.defaults("mx.example.com");
    Counters counters = new Counters();
    SessionHandler session =
        new SessionHandler(
            new SmtpSession(
                config, client, new Client.Listener("test", client), store, Clock.systemUTC()),
            client,
            channel.eventLoop(),
            ticker,
            config.timeouts(),
            new AuthenticationAttempts(client, channel.eventLoop(), null),
            new SessionHandler.Services(
                new ReceiverCalls(receiver, counters),
                Runnable::run,
                Optional.empty(),
                () -> crowded));
    channel.pipeline().addLast(session);
    channel.pipeline().fireChannelActive();
    hears("220");
  }

  @AfterEach
  void leavesNothing() {
    channel.finishAndReleaseAll();
    assertThat(store.usage()).isEqualTo(new SpoolStore.Usage(0, 0, 0));
  }

  private void sends(String octets) {
    channel.writeInbound(Unpooled.copiedBuffer(octets, StandardCharsets.US_ASCII));
  }

  private void waits(Duration time) {
    ticker.advance(time.toNanos(), TimeUnit.NANOSECONDS);
    channel.runScheduledPendingTasks();
  }

  private String reads() {
    StringBuilder replies = new StringBuilder();
    for (ByteBuf out = channel.readOutbound(); out != null; out = channel.readOutbound()) {
      replies.append(out.toString(StandardCharsets.US_ASCII));
      out.release();
    }
    return replies.toString();
  }

  private void hears(String reply) {
    assertThat(reads()).startsWith(reply);
  }

  private void hearsNothing() {
    assertThat(reads()).isEmpty();
  }

  private void beginsATransaction() {
    sends("EHLO client.example\r\nMAIL FROM:<>\r\nRCPT TO:<a@example.com>\r\n");
    hears("250");
  }

  private void beginsContent() {
    beginsATransaction();
    sends("DATA\r\n");
    hears("354");
    sends("Subject: hello\r\n\r\n");
  }

  @Test
  void eachCommandHasAllTheTime() {
    for (int i = 0; i < 20; i++) {
      waits(ALMOST_A_COMMAND);
      sends("NOOP\r\n");
      hears("250");
    }
    waits(Duration.ofMinutes(5));
    hears("421 4.4.2 No command");
  }

  @Test
  void aPartOfACommandBuysNoTime() {
    waits(Duration.ofSeconds(100));
    for (int i = 0; i < 10; i++) {
      sends("NOOP 45678".substring(i, i + 1));
      waits(Duration.ofSeconds(19));
    }
    hearsNothing();
    waits(Duration.ofSeconds(10));
    hears("421 4.4.2 No command");
  }

  @Test
  void octetsOfALineThatIsTooLongBuyNoTime() {
    sends("N".repeat(5000));
    hears("500");
    for (int i = 0; i < 29; i++) {
      waits(Duration.ofSeconds(10));
      sends("N".repeat(5000));
      hearsNothing();
    }
    waits(Duration.ofSeconds(10));
    hears("421 4.4.2 No command");
  }

  @Test
  void oneOctetOfContentNowAndThenBuysNoTime() {
    beginsContent();
    for (int i = 0; i < 17; i++) {
      waits(Duration.ofSeconds(10));
      sends("x");
      hearsNothing();
    }
    waits(Duration.ofSeconds(11));
    hears("421 4.4.2 No message content");
  }

  @Test
  void oneOctetInEachChunkBuysNoTime() {
    beginsATransaction();
    for (int i = 0; i < 17; i++) {
      sends("BDAT 1\r\nx");
      hears("250");
      waits(Duration.ofSeconds(10));
    }
    sends("BDAT 1\r\nx");
    hears("250");
    waits(Duration.ofSeconds(11));
    hears("421 4.4.2");
  }

  /** 28.8 kbit/s are 3,600 octets per second, and 50 MiB take four hours. */
  @Test
  void aModemMaySendTheLargestMessage() {
    beginsContent();
    String aMinute = ("x".repeat(998) + "\r\n").repeat(3600 * 60 / 1000);
    for (long sent = 0; sent < 49L << 20; sent += aMinute.length()) {
      sends(aMinute);
      waits(Duration.ofMinutes(1));
      hearsNothing();
    }
    sends(".\r\n");
    hears("250 2.0.0");
  }

  @Test
  void aStallThatIsNotTooLongIsForgivenAfterEnoughContent() {
    beginsContent();
    String enough = ("x".repeat(998) + "\r\n").repeat(90);
    for (int i = 0; i < 10; i++) {
      waits(Duration.ofSeconds(179));
      sends(enough);
      hearsNothing();
    }
    sends(".\r\n");
    hears("250 2.0.0");
  }

  @Test
  void theNextMessageHasAllTheTime() {
    for (int i = 0; i < 3; i++) {
      beginsContent();
      waits(Duration.ofSeconds(170));
      sends("x\r\n.\r\n");
      hears("250 2.0.0");
    }
  }

  @Test
  void theTimeOfTheApplicationIsNotTheClients() {
    CompletableFuture<List<Reply>> answer = new CompletableFuture<>();
    receiver.onMessage = mail -> PendingMessage.of(answer);
    beginsContent();
    waits(Duration.ofSeconds(170));
    sends(".\r\n");
    waits(Duration.ofMinutes(20));
    hearsNothing();
    answer.complete(List.of(TestReceiver.MESSAGE_OK));
    hears("250 2.0.0");
    waits(ALMOST_A_COMMAND);
    sends("NOOP\r\n");
    hears("250");
  }

  @Test
  void aDrainEndsWhateverTheClientDoes() {
    beginsContent();
    channel.pipeline().fireUserEventTriggered(SessionEnd.DRAIN);
    hearsNothing();
    String aMinute = ("x".repeat(998) + "\r\n").repeat(3600 * 60 / 1000);
    for (int i = 0; i < 4; i++) {
      sends(aMinute);
      waits(Duration.ofMinutes(1));
      hearsNothing();
    }
    sends(aMinute);
    waits(Duration.ofMinutes(1));
    hears("421 4.3.2");
  }

  @Test
  void aDrainEndsATransactionThatGoesOnAndOn() {
    beginsATransaction();
    channel.pipeline().fireUserEventTriggered(SessionEnd.DRAIN);
    for (int i = 0; i < 4; i++) {
      waits(Duration.ofMinutes(1));
      sends("RCPT TO:<a@example.com>\r\n");
      hears("250");
    }
    waits(Duration.ofMinutes(1));
    hears("421 4.3.2");
  }

  @Test
  void aClientThatHasDoneNothingHasLittleTimeWhileTheServerIsCrowded() {
    waits(Duration.ofMinutes(1));
    hearsNothing();
    crowded = true;
    waits(Duration.ofSeconds(10));
    hears("421 4.4.2");
  }

  @Test
  void contentHasLittleTimeWhileTheServerIsCrowded() {
    beginsContent();
    crowded = true;
    waits(Duration.ofSeconds(10));
    hears("421 4.4.2 No message content");
  }

  @Test
  void aClientThatHasDeliveredMailKeepsItsTimeWhileTheServerIsCrowded() {
    beginsContent();
    sends(".\r\n");
    hears("250 2.0.0");
    crowded = true;
    waits(ALMOST_A_COMMAND);
    sends("NOOP\r\n");
    hears("250");
  }

  @Test
  void aClientWhoseMailWasRefusedHasLittleTimeWhileTheServerIsCrowded() {
    receiver.onMessage =
        mail ->
            PendingMessage.of(
                CompletableFuture.completedStage(List.of(Reply.of(550, "5.7.1", "Refused"))));
    beginsContent();
    sends(".\r\n");
    hears("550 5.7.1");
    crowded = true;
    waits(Duration.ofSeconds(10));
    hears("421 4.4.2");
  }
}
