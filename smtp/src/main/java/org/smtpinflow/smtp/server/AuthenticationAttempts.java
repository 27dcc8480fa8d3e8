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
 * The authentication attempts of one session. Mechanisms run on a thread that may block; everything
 * else runs on the session's event loop.
 *
 * <p>A verdict is counted and logged as soon as it is reached, before the client learns it, so that
 * the client cannot change the count afterwards by cancelling the exchange, sending another command
 * or disconnecting. A refusal is delayed until a multiple of a fixed time after the response
 * arrived, so that the time does not reveal its reason. The delay doubles with each refusal. No
 * thread waits meanwhile.
 */
final class AuthenticationAttempts {

  private static final Logger LOG = System.getLogger("org.smtpinflow.smtp");

  private static final int DOUBLINGS_MAX = 3;

  private final InetSocketAddress client;
  private final EventLoop loop;
  private final Shared shared;
  private int refusals;

  /**
   * The parts that all sessions of a server share.
   *
   * @param executor runs mechanisms
   * @param failureDelay the delay of a session's first refusal
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

  /**
   * Asks a mechanism. Unless the event loop ends first, exactly one of the callbacks is called on
   * it, possibly before this method returns.
   *
   * @param cutOff called if too many attempts of this client have failed; the mechanism is not
   *     asked
   */
  void ask(Step.AskAuthentication question, Consumer<SaslOutcome> outcome, Runnable cutOff) {
    if (isCutOff()) {
      cutOff.run();
      return;
    }
    long began = System.nanoTime();
    try {
      shared
          .executor
          .of(ClientNetwork.of(client.getAddress()))
          .execute(() -> check(question, outcome, cutOff, began));
    } catch (RejectedExecutionException e) {
      LOG.log(
          Level.WARNING,
          "authentication of {0} could not be checked: no thread is available",
          LogText.address(client));
      outcome.accept(new SaslOutcome.Unavailable());
    }
  }

  /** Runs on a thread that may block. */
  private void check(
      Step.AskAuthentication question, Consumer<SaslOutcome> outcome, Runnable cutOff, long began) {
    // Checked again: attempts in parallel sessions may have failed while this one was queued.
    if (isCutOff()) {
      onLoop(cutOff);
      return;
    }
    SaslOutcome answer = answer(question);
    answer.verdict().ifPresent(verdict -> record(verdict, question.mechanism()));
    onLoop(() -> tell(answer, began, outcome));
  }

  private boolean isCutOff() {
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

  private SaslOutcome answer(Step.AskAuthentication question) {
    try {
      return question.exchange().next(question.response());
    } catch (RuntimeException | Error e) {
      LOG.log(
          Level.ERROR, "authentication of " + LogText.address(client) + " could not be checked", e);
      return new SaslOutcome.Unavailable();
    }
  }

  /** Counts and logs a verdict. Called on the thread that reached it. */
  private void record(SaslOutcome.Verdict verdict, String mechanism) {
    if (verdict instanceof SaslOutcome.Accepted accepted) {
      shared.counters.authenticated();
      LOG.log(
          Level.INFO,
          "client {0} authenticated as {1} by {2}",
          LogText.address(client),
          LogText.escape(accepted.identity().name()),
          mechanism);
    } else {
      shared.counters.authenticationFailed();
      LOG.log(
          Level.INFO,
          "client {0} failed to authenticate by {1}",
          LogText.address(client),
          mechanism);
      if (shared.throttle.failed(client.getAddress())) {
        LOG.log(
            Level.INFO,
            "client {0} is cut off from AUTH: too many attempts from its network have failed",
            LogText.address(client));
      }
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

  private void tell(SaslOutcome answer, long began, Consumer<SaslOutcome> outcome) {
    if (answer.verdict().filter(SaslOutcome.Refused.class::isInstance).isEmpty()) {
      outcome.accept(answer);
      return;
    }
    long delay = shared.failureDelay.toNanos() << Math.min(refusals, DOUBLINGS_MAX);
    refusals++;
    var unused =
        loop.schedule(
            () -> outcome.accept(answer),
            remaining(delay, System.nanoTime() - began),
            TimeUnit.NANOSECONDS);
  }

  /**
   * Returns the time until the next multiple of the delay, because a check may take longer than the
   * delay.
   */
  static long remaining(long delay, long elapsed) {
    return delay == 0 ? 0 : delay - elapsed % delay;
  }
}
