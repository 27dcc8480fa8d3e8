// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.smtpinflow.smtp.protocol.SessionConfig;

class StartTest {

  private final ThreadPoolExecutor executor = (ThreadPoolExecutor) Executors.newCachedThreadPool();

  @AfterEach
  void shutDown() {
    executor.shutdown();
  }

  private static ServerConfig config(InetSocketAddress... addresses) {
    ServerConfig config = new TestServer.Settings().config();
    SessionConfig session = config.listeners().get(0).session();
    return new ServerConfig(
        Stream.of(addresses)
            .map(a -> new ListenerConfig("port" + a.getPort(), a, session))
            .toList(),
        2,
        config.sessions(),
        config.sessionsPerClient(),
        config.content(),
        config.tls(),
        config.throttle());
  }

  private static InetSocketAddress local(int port) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0)) {
      return free.getLocalPort();
    }
  }

  /** Returns the sockets, selectors and pipes that are open. */
  private static List<String> openDescriptors() throws IOException {
    try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
      return descriptors.map(StartTest::target).filter(t -> !t.startsWith("/")).sorted().toList();
    }
  }

  private static String target(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString();
    } catch (IOException e) {
      // The descriptor by which the list itself was read.
      return "/";
    }
  }

  @Test
  void listensOnEveryAddress() throws Exception {
    SmtpServer server =
        SmtpServer.start(
            config(local(0), local(0)), new TestReceiver(), ServerThreads.of(executor));
    List<InetSocketAddress> addresses = server.addresses();
    assertThat(addresses).hasSize(2).doesNotHaveDuplicates();
    for (InetSocketAddress address : addresses) {
      try (ServerTranscript client = new ServerTranscript(address)) {
        client.hold("S: 220 mx.example.com");
      }
    }
    server.stop(TestServer.PATIENCE);
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void leavesNothingWhenAPortIsInUse() throws Exception {
    // What Java and Netty open once and for all is open after this.
    SmtpServer.start(config(local(0)), new TestReceiver(), ServerThreads.of(executor))
        .stop(TestServer.PATIENCE);
    InetSocketAddress other = local(freePort());
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = taken.getLocalPort();
      List<String> before = openDescriptors();
      assertThatIOException()
          .isThrownBy(
              () ->
                  SmtpServer.start(
                      config(other, local(port)), new TestReceiver(), ServerThreads.of(executor)))
          .withMessageContaining("listener port" + port + " cannot be bound to ")
          .withMessageContaining("127.0.0.1:" + port)
          .withMessageContaining("in use");
      Await.until("no task runs", () -> executor.getActiveCount() == 0);
      assertThat(openDescriptors()).isEqualTo(before);
      new ServerSocket(other.getPort(), 1, other.getAddress()).close();
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void leavesNothingWhenTheExecutorRejectsALoop() throws Exception {
    SmtpServer.start(config(local(0)), new TestReceiver(), ServerThreads.of(executor))
        .stop(TestServer.PATIENCE);
    List<String> before = openDescriptors();
    int[] room = {1};
    assertThatIOException()
        .isThrownBy(
            () ->
                SmtpServer.start(
                    config(local(0)),
                    new TestReceiver(),
                    ServerThreads.of(
                        task -> {
                          if (room[0]-- <= 0) {
                            throw new RejectedExecutionException("no room");
                          }
                          executor.execute(task);
                        })))
        .withMessageContaining("no room");
    Await.until("no task runs", () -> executor.getActiveCount() == 0);
    assertThat(openDescriptors()).isEqualTo(before);
  }
}
