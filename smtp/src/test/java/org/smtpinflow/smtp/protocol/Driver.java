// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.smtpinflow.api.Client;
import org.smtpinflow.api.Envelope;
import org.smtpinflow.api.Recipient;
import org.smtpinflow.smtp.protocol.SessionConfig.TlsPolicy;
import org.smtpinflow.smtp.sasl.SecureChannel;

/** Drives a session as a server does, but in one thread and with what a test sends. */
final class Driver implements AutoCloseable {

  static final Instant NOW = Instant.parse("2026-11-23T10:15:30Z");

  /** The TLS channel of every session that has one. */
  static final SecureChannel TLS_CHANNEL =
      new SecureChannel(
          new Client.TlsSession(
              "TLSv1.3", "TLS_AES_128_GCM_SHA256", Optional.of("mx.example.com"), Optional.empty()),
          Optional.empty());

  /**
   * A message that the application was asked about.
   *
   * @param text its content, a character for each octet
   */
  record Message(ReceivedMail mail, String text) {

    Envelope envelope() {
      return mail.envelope();
    }
  }

  private final TestStore store;
  private final SmtpSession session;
  private final Application application = new Application();
  private final UnpooledByteBufAllocator buffers = new UnpooledByteBufAllocator(true);
  private final ByteBuf input = buffers.directBuffer();
  private final ByteBuf output = buffers.directBuffer();
  private final List<Recipient> recipients = new ArrayList<>();
  private final List<Client> clients = new ArrayList<>();
  private final List<Message> messages = new ArrayList<>();

  private Step step;

  Driver(SessionConfig config, TestStore store) {
    this.store = store;
    this.session =
        new SmtpSession(
            config,
            address(192, 0, 2, 1),
            new Client.Listener("smtp", address(192, 0, 2, 25)),
            store,
            InstantSource.fixed(NOW));
    this.step = config.tls() == TlsPolicy.IMPLICIT ? session.start(TLS_CHANNEL) : session.start();
    session.drainOutput(output);
  }

  static InetSocketAddress address(int... octets) {
    byte[] bytes = new byte[octets.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) octets[i];
    }
    try {
      return new InetSocketAddress(InetAddress.getByAddress(bytes), 4711);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(e);
    }
  }

  SmtpSession session() {
    return session;
  }

  /** Sends a segment, and does all that the session asks for until it needs the next one. */
  void send(byte[] segment) {
    input.writeBytes(segment);
    while (advance()) {
      session.drainOutput(output);
    }
    session.drainOutput(output);
    input.discardReadBytes();
  }

  /** Takes one step. Returns false if it was the last for now. */
  private boolean advance() {
    step = session.advance(input);
    if (step instanceof Step.AskRecipient ask) {
      recipients.add(ask.request().recipient());
      clients.add(ask.request().client());
      session.answer(application.recipient(ask.request()));
    } else if (step instanceof Step.AskMessage ask) {
      messages.add(read(ask.mail()));
      assertThat(ask.mail().acceptances())
          .as("what was remembered of each recipient")
          .isEqualTo(
              ask.mail().envelope().recipients().stream().map(Application.Memory::new).toList());
      session.answer(application.message(ask.mail()));
    } else if (step instanceof Step.AskAuthentication ask) {
      session.authenticated(ask.exchange().next(ask.response()));
    } else if (step instanceof Step.AwaitFlush await) {
      flush(await);
    } else {
      return false;
    }
    return true;
  }

  private void flush(Step.AwaitFlush await) {
    try {
      await.sink().flush();
      session.flushed();
    } catch (IOException e) {
      session.flushFailed();
    }
  }

  private static Message read(ReceivedMail mail) {
    byte[] octets = new byte[(int) mail.content().size()];
    try {
      for (int at = 0; at < octets.length; ) {
        at += mail.content().read(at, octets, at, octets.length - at);
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    mail.content().close();
    return new Message(mail, new String(octets, StandardCharsets.ISO_8859_1));
  }

  /** Does the handshake after STARTTLS. */
  void startTls() {
    assertThat(step).isInstanceOf(Step.StartTls.class);
    ended(session.tlsStarted(TLS_CHANNEL));
  }

  void silence() {
    ended(session.expire());
  }

  void shutDown() {
    ended(session.shutDown());
  }

  void drain() {
    ended(session.drain());
  }

  private void ended(Step next) {
    step = next;
    session.drainOutput(output);
  }

  boolean isStartingTls() {
    return step instanceof Step.StartTls;
  }

  boolean isClosed() {
    return step instanceof Step.Close;
  }

  /** Takes what was sent to the client since this was last called. */
  String takeOutput() {
    String text = output.toString(StandardCharsets.ISO_8859_1);
    output.clear();
    return text;
  }

  /** Returns what was sent, but not consumed by the session, a character for each octet. */
  String unread() {
    return input.toString(StandardCharsets.ISO_8859_1);
  }

  /** Returns the recipients that the application was asked about. */
  List<Recipient> recipients() {
    return recipients;
  }

  /** Returns what the application was told of the client, for each recipient. */
  List<Client> clients() {
    return clients;
  }

  /** Returns the messages that the application was asked about. */
  List<Message> messages() {
    return messages;
  }

  /** Lets the connection go, and checks that nothing is left behind. */
  @Override
  public void close() {
    session.abort();
    input.release();
    output.release();
    assertThat(buffers.metric().usedDirectMemory() + buffers.metric().usedHeapMemory())
        .as("octets of buffers not given back")
        .isZero();
    assertThat(store.inUse()).as("sinks and contents not given back").isZero();
  }
}
