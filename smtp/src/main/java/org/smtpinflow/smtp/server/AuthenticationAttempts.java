// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.server;

import io.netty.channel.EventLoop;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.smtpinflow.smtp.protocol.Step;
import org.smtpinflow.smtp.sasl.SaslOutcome;

/**
 * The attempts of one session to authenticate. Asks the mechanism on a thread that may block, and
 * holds a refusal back until a fixed time after it began to ask, so that nobody can tell by the
 * time why it was refused. The time doubles with each failure. No thread waits meanwhile. Used on
 * the session's event loop.
 */
final class AuthenticationAttempts {

  private static final Logger LOG = System.getLogger("org.smtpinflow.smtp");

  private static final int DOUBLINGS_MAX = 3;

  private final InetSocketAddress client;
  private final EventLoop loop;
  private final Shared shared;
  private int failures;

  /**
   * What all sessions of a server share.
   *
   * @param executor calls mechanisms
   * @param failureDelay how long after its beginning a first attempt is refused
   */
  record Shared(
      FairExecutor executor,
      AuthenticationThrottle throttle,
      Duration failureDelay,
      Counters counters) {}

  AuthenticationAttempts(InetSocketAddress client, EventLoop loop, Shared shared) {
    this.client = client;
    this.loop = loop;
    this.shared = shared;
  }

  /** Says whether this client has failed too often to be asked for anything. Counts it if so. */
  boolean isCutOff() {
    boolean cutOff = shared.throttle.isCutOff(client.getAddress());
    if (cutOff) {
      shared.counters.authenticationCutOff();
      LOG.log(
          Level.DEBUG,
          "authentication of {0} cut off: too many attempts of this client have failed",
          LogText.address(client));
    }
    return cutOff;
  }

  /** Asks a mechanism; the outcome comes on the event loop, unless that ends before. */
  void ask(Step.AskAuthentication question, Consumer<SaslOutcome> outcome) {
    long began = System.nanoTime();
    try {
      shared
          .executor
          .of(ClientNetwork.of(client.getAddress()))
          .execute(
              () -> {
                SaslOutcome answer = answer(question);
                onLoop(() -> answered(question, answer, began, outcome));
              });
    } catch (RejectedExecutionException e) {
      LOG.log(
          Level.WARNING,
          "authentication of {0} could not be checked: no thread for it",
          LogText.address(client));
      outcome.accept(new SaslOutcome.Unavailable());
    }
  }

  private SaslOutcome answer(Step.AskAuthentication question) {
    try {
      return question.exchange().next(question.response());
    } catch (RuntimeException | Error e) {
      LOG.log(
          Level.ERROR, "authentication of " + LogText.address(client) + " could not be checked", e);
      return new SaslOutcome.Unavailable();
    }
  }

  private void onLoop(Runnable task) {
    try {
      loop.execute(task);
    } catch (RejectedExecutionException e) {
      LOG.log(
          Level.DEBUG, "authentication of {0}: the server has stopped", LogText.address(client));
    }
  }

  private void answered(
      Step.AskAuthentication question,
      SaslOutcome answer,
      long began,
      Consumer<SaslOutcome> outcome) {
    if (answer instanceof SaslOutcome.Accepted accepted) {
      shared.counters.authenticated();
      LOG.log(
          Level.INFO,
          "client {0} authenticated as {1} by {2}",
          LogText.address(client),
          LogText.escape(accepted.identity().name()),
          question.mechanism());
    } else if (answer instanceof SaslOutcome.Refused) {
      refused(question, began, outcome);
      return;
    }
    outcome.accept(answer);
  }

  private void refused(Step.AskAuthentication question, long began, Consumer<SaslOutcome> outcome) {
    shared.counters.authenticationFailed();
    shared.throttle.failed(client.getAddress());
    LOG.log(
        Level.INFO,
        "client {0} failed to authenticate by {1}",
        LogText.address(client),
        question.mechanism());
    long delay = shared.failureDelay.toNanos() << Math.min(failures, DOUBLINGS_MAX);
    failures++;
    var unused =
        loop.schedule(
            () -> outcome.accept(new SaslOutcome.Refused()),
            remaining(delay, System.nanoTime() - began),
            TimeUnit.NANOSECONDS);
  }

  /** Returns the time until the next multiple of the delay: the check may take longer than that. */
  static long remaining(long delay, long elapsed) {
    return delay == 0 ? 0 : delay - elapsed % delay;
  }
}
