// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ServerLoopTest {

  private final ExecutorService executor = Executors.newSingleThreadExecutor();
  private final InFlight running = new InFlight();

  @AfterEach
  void shutDown() {
    executor.shutdown();
  }

  /** A stop by a task of the loop comes when the loop has looked for one in this round already. */
  @Test
  void closesItsChannelsWheneverTheStopComes() throws Exception {
    ServerLoop loop = ServerLoop.of(executor, running);
    loop.awaitStart();
    NioServerSocketChannel channel = new NioServerSocketChannel();
    channel.pipeline().addLast(new ChannelInboundHandlerAdapter());
    loop.register(channel).get();
    channel.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)).get();
    loop.execute(loop::stop);
    assertThat(running.awaitNone(TestServer.PATIENCE)).isTrue();
    assertThat(channel.isOpen()).isFalse();
  }
}
