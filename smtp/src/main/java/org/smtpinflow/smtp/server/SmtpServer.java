// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.server;

import io.netty.buffer.UnpooledByteBufAllocator;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.smtpinflow.smtp.content.SpoolStore;
import org.smtpinflow.smtp.tls.ReloadableTls;

/**
 * An SMTP server. It accepts sessions and passes recipients and messages to a {@link MailReceiver}.
 * It owns no thread.
 */
public final class SmtpServer {

  private static final Logger LOG = System.getLogger("org.smtpinflow.smtp");

  static {
    if (!FlightRecording.turnOff()) {
      LOG.log(Level.DEBUG, "Netty was in use before, and has registered with the flight recorder");
    }
  }

  /**
   * The time limit for sending the last replies, and then for the end of the event loops and of the
   * disk tasks.
   */
  private static final Duration END_LIMIT = Duration.ofSeconds(5);

  private final EventLoops loops;
  private final Listeners listeners;
  private final SessionRegistry sessions;
  private final SpoolStore store;
  private final BlockingTasks blocking;
  private final BlockingTasks authentication;
  private final BlockingTasks handshakes;
  private final Optional<ReloadableTls> tls;
  private final Counters counters;
  private final UnpooledByteBufAllocator buffers = new UnpooledByteBufAllocator(false);
  private boolean stopped;

  private SmtpServer(
      ServerConfig config,
      MailReceiver receiver,
      EventLoops loops,
      ServerThreads threads,
      Optional<ReloadableTls> tls) {
    this.loops = loops;
    this.blocking = new BlockingTasks(threads.blocking());
    this.authentication = new BlockingTasks(threads.authentication().executor());
    this.handshakes = new BlockingTasks(threads.handshakes().executor());
    this.tls = tls;
    this.counters = new Counters();
    this.store = store(config.content(), this.blocking);
    FairExecutor handshakeTasks = new FairExecutor(handshakes, threads.handshakes().threads());
    SessionLimit limit = new SessionLimit(config.sessions(), config.sessionsPerClient());
    this.sessions =
        new SessionRegistry(
            limit,
            loops,
            store,
            buffers,
            new SessionHandler.Services(
                new ReceiverCalls(receiver, counters),
                this.blocking,
                tls.map(t -> new TlsHandshake.Services(t, handshakeTasks, counters)),
                limit::isCrowded),
            attempts(config.throttle(), threads.authentication().threads()),
            counters);
    this.listeners = new Listeners(loops.first());
  }

  private AuthenticationAttempts.Shared attempts(ServerConfig.Throttle config, int threads) {
    return new AuthenticationAttempts.Shared(
        new FairExecutor(authentication, threads),
        new AuthenticationThrottle(config.failuresPerClient(), config.window(), System::nanoTime),
        config.failureDelay(),
        counters);
  }

  private static SpoolStore store(ServerConfig.ContentConfig config, Executor blocking) {
    long memory = Math.min(config.budget(), Runtime.getRuntime().maxMemory() / 8);
    return new SpoolStore(
        config.directory(), config.threshold(), config.budget(), memory, blocking);
  }

  /**
   * Binds the listeners and begins to accept sessions.
   *
   * @param threads the threads that the server runs on
   * @throws IOException if a socket cannot be bound; no socket then stays open. The message names
   *     the listener and the address
   * @throws org.smtpinflow.smtp.tls.TlsConfigurationException if certificates cannot be used
   */
  public static SmtpServer start(ServerConfig config, MailReceiver receiver, ServerThreads threads)
      throws IOException {
    return start(config, receiver, threads, false);
  }

  /**
   * Starts a server like {@link #start(ServerConfig, MailReceiver, ServerThreads)}.
   *
   * @param paused whether the server is {@linkplain #pause paused} from its first moment
   */
  public static SmtpServer start(
      ServerConfig config, MailReceiver receiver, ServerThreads threads, boolean paused)
      throws IOException {
    Optional<ReloadableTls> tls =
        config.tls().isPresent()
            ? Optional.of(ReloadableTls.load(config.tls().get()))
            : Optional.empty();
    EventLoops started = EventLoops.start(config.eventLoops(), threads.loops());
    boolean accepting = false;
    try {
      SmtpServer server = new SmtpServer(config, receiver, started, threads, tls);
      if (paused) {
        server.pause();
      }
      for (ListenerConfig listen : config.listeners()) {
        server.listeners.bind(listen, server.sessions);
      }
      tls.ifPresent(t -> CertificateWatch.begin(t, started.first(), server.blocking));
      server.listeners.accept();
      accepting = true;
      return server;
    } finally {
      if (!accepting) {
        started.stop(END_LIMIT);
      }
    }
  }

  /** Returns the number of octets in the buffers of all sessions. */
  long buffered() {
    return buffers.metric().usedHeapMemory() + buffers.metric().usedDirectMemory();
  }

  /** Returns the addresses that the listeners are bound to, in the order of the configuration. */
  public List<InetSocketAddress> addresses() {
    return listeners.addresses();
  }

  /** Returns the statistics of this server. */
  public ServerStatistics statistics() {
    return counters.snapshot(
        sessions.count(),
        store.usage(),
        tls.map(ReloadableTls::statistics).orElse(ReloadableTls.Statistics.NONE));
  }

  /**
   * Begins no more mail transactions until {@link #resume}: new connections get 421 4.3.2, and so
   * do sessions without a mail transaction, which then end. The other sessions end when their mail
   * transaction has ended. The ports stay open. Does not block.
   */
  public void pause() {
    sessions.pause();
  }

  /** Allows mail transactions again. Sessions that the pause was going to end still end. */
  public void resume() {
    sessions.resume();
  }

  /**
   * Waits until no session is open.
   *
   * @return whether that was so in time
   */
  public boolean awaitNoSessions(Duration patience) {
    return sessions.awaitNone(patience);
  }

  /**
   * Begins to stop: begins no new mail transaction, and waits until those that are open have ended
   * and no session is left. New connections get 421 4.3.2. {@link #stop} has to follow, which ends
   * the sessions that are still open; in between the receiver can settle what they wait for.
   *
   * @return false if sessions are still open when the patience ends
   */
  public boolean drain(Duration patience) {
    sessions.drain();
    return sessions.awaitNone(patience);
  }

  /**
   * Stops the server: begins no new mail transaction, lets open ones end, then closes the ports and
   * ends the event loops. Blocks until everything has ended, at most a little longer than {@code
   * patience}: sessions that are still open then get 421 4.3.2 and are closed. Meanwhile new
   * connections get 421 4.3.2. Idempotent.
   *
   * @throws IllegalStateException if called on an event loop, which cannot wait for itself
   */
  public void stop(Duration patience) {
    if (loops.inEventLoop()) {
      throw new IllegalStateException("a server cannot be stopped on one of its event loops");
    }
    synchronized (this) {
      if (!stopped) {
        stopped = true;
        endSessions(patience);
        end();
      }
    }
  }

  private void endSessions(Duration patience) {
    sessions.drain();
    if (!sessions.awaitNone(patience)) {
      LOG.log(Level.WARNING, "{0} sessions are ended by the stop", sessions.count());
      sessions.shutDown();
      sessions.awaitNone(END_LIMIT);
    }
  }

  private void end() {
    List<InetSocketAddress> addresses = addresses();
    if (!loops.stop(END_LIMIT)) {
      LOG.log(
          Level.ERROR, "event loops are still busy {0} s after the stop", END_LIMIT.toSeconds());
    }
    awaitEnd(blocking, "the disk");
    awaitEnd(authentication, "authentication");
    awaitEnd(handshakes, "a TLS handshake");
    addresses.forEach(
        address -> LOG.log(Level.INFO, "stopped listening on {0}", LogText.address(address)));
  }

  private static void awaitEnd(BlockingTasks tasks, String what) {
    if (!tasks.underWay().awaitNone(END_LIMIT)) {
      LOG.log(Level.ERROR, "{0} is still busy {1} s after the stop", what, END_LIMIT.toSeconds());
    }
  }
}
