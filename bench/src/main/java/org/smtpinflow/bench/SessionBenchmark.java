// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.bench;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.smtpinflow.api.Client;
import org.smtpinflow.smtp.content.SpoolStore;
import org.smtpinflow.smtp.protocol.Acceptance;
import org.smtpinflow.smtp.protocol.RecipientDecision;
import org.smtpinflow.smtp.protocol.Reply;
import org.smtpinflow.smtp.protocol.SessionConfig;
import org.smtpinflow.smtp.protocol.SessionConfig.BareNewlines;
import org.smtpinflow.smtp.protocol.SessionConfig.Limits;
import org.smtpinflow.smtp.protocol.SessionConfig.Timeouts;
import org.smtpinflow.smtp.protocol.SmtpSession;
import org.smtpinflow.smtp.protocol.Step;

/**
 * Measures the protocol without sockets: commands, and content after DATA and BDAT. The content
 * arrives in segments of 64 KiB and stays on the heap.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class SessionBenchmark {

  private static final int SEGMENT = 64 << 10;
  private static final int HEAP = 64 << 20;
  private static final Reply OK = Reply.of(250, "2.1.5", "OK");
  private static final RecipientDecision ACCEPTED =
      new RecipientDecision.Accepted(OK, Acceptance.NOTHING);
  private static final String ENVELOPE =
      """
      MAIL FROM:<sender@client.example.org> SIZE=4096 BODY=8BITMIME\r
      RCPT TO:<recipient@example.com>\r
      """;
  private static final byte[] COMMANDS = ascii(ENVELOPE);
  private static final byte[] RESET = ascii("RSET\r\n");

  private final ByteBuf replies = UnpooledByteBufAllocator.DEFAULT.heapBuffer();
  private SmtpSession session;

  /** Content of lines of 76 octets, as a client sends it. */
  @State(Scope.Thread)
  public static class Message {

    /** Octets of content. */
    @Param({"4096", "1048576"})
    public int size;

    private byte[] data;
    private byte[] bdat;

    /** Builds the message. */
    @Setup
    public void write() {
      String line = "x".repeat(76) + "\r\n";
      String content = line.repeat(size / line.length()) + "y".repeat(size % line.length());
      String text = content.substring(0, size - 2) + "\r\n";
      data = ascii(ENVELOPE + "DATA\r\n" + text + ".\r\n");
      bdat = ascii(ENVELOPE + "BDAT " + size + " LAST\r\n" + text);
    }
  }

  /** Begins a session, which can have any number of messages. */
  @Setup
  public void begin() {
    Limits limits =
        new Limits(50L << 20, 512 << 10, 1000, 100, Integer.MAX_VALUE, 20, Integer.MAX_VALUE);
    SessionConfig config =
        new SessionConfig("mx.example.com", limits, Timeouts.defaults(), BareNewlines.REFUSE, true);
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 25);
    session =
        new SmtpSession(
            config,
            address,
            new Client.Listener("smtp", address),
            new SpoolStore(
                Path.of(System.getProperty("java.io.tmpdir")), HEAP, HEAP, HEAP, Runnable::run),
            Clock.systemUTC());
    session.start();
    send(ascii("EHLO client.example.org\r\n"));
  }

  /** MAIL, RCPT and RSET. */
  @Benchmark
  public int commands() {
    send(COMMANDS);
    return send(RESET);
  }

  /** A message by DATA. */
  @Benchmark
  public int data(Message message) {
    return send(message.data);
  }

  /** A message in one chunk. */
  @Benchmark
  public int bdat(Message message) {
    return send(message.bdat);
  }

  private int send(byte[] octets) {
    int sent = 0;
    for (int at = 0; at < octets.length; at += SEGMENT) {
      ByteBuf segment = Unpooled.wrappedBuffer(octets, at, Math.min(SEGMENT, octets.length - at));
      while (answer(session.advance(segment))) {
        // The session continues.
      }
      session.drainOutput(replies);
      sent += replies.readableBytes();
      replies.clear();
      if (segment.isReadable()) {
        throw new IllegalStateException("a command was cut by the end of a segment");
      }
    }
    return sent;
  }

  private boolean answer(Step step) {
    if (step instanceof Step.AskRecipient) {
      session.answer(ACCEPTED);
    } else if (step instanceof Step.AskMessage ask) {
      ask.mail().content().close();
      session.answer(List.of(OK));
    } else if (step instanceof Step.NeedInput) {
      return false;
    } else {
      throw new IllegalStateException("unexpected step " + step);
    }
    return true;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
