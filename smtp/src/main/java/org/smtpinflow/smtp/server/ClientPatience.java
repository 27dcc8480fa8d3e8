// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.server;

import io.netty.util.concurrent.Ticker;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.smtpinflow.smtp.protocol.SessionConfig;

/**
 * How much longer the server waits for one client. Only the time that the client takes counts, not
 * the time of the application or the disk.
 *
 * <p>There is an allowance for the next command, and one for the message that is arriving. A
 * command that is complete fills up the first. Octets of content fill up the second at the minimum
 * data rate, as in Postfix ({@code smtpd_per_request_deadline}, {@code smtpd_min_data_rate}). So a
 * client that sends an octet now and then uses its allowance up, and one that sends at the minimum
 * rate never does. When the session is to end (see {@link SessionEnd#DRAIN}) there is a third
 * allowance, which nothing fills up.
 *
 * <p>While the server is crowded, a client that has achieved nothing has shorter allowances, as in
 * Postfix under stress ({@code STRESS_README}).
 */
final class ClientPatience {

  private final Ticker clock;
  private final long crowdedLimit;
  private final long nanosPerOctet;
  private final Allowance command;
  private final Allowance message;
  private final Allowance drain;

  /** What the present wait uses up; empty while the client is not waited for. */
  private List<Allowance> inUse = List.of();

  private long waitingSince;
  private boolean draining;
  private boolean useful;

  ClientPatience(SessionConfig.Timeouts timeouts, Ticker clock) {
    this.clock = clock;
    this.crowdedLimit = timeouts.crowded().toNanos();
    this.nanosPerOctet = TimeUnit.SECONDS.toNanos(1) / timeouts.minDataRate();
    this.command = new Allowance(timeouts.command().toNanos());
    this.message = new Allowance(timeouts.data().toNanos());
    this.drain = new Allowance(timeouts.command().toNanos());
  }

  private static final class Allowance {
    final long full;
    long left;

    Allowance(long full) {
      this.full = full;
      this.left = full;
    }

    void fillUp() {
      left = full;
    }

    /** Adds time, up to the full allowance. */
    void add(long nanos) {
      left = Math.min(full, left + nanos);
    }
  }

  /** What the client has to send. */
  enum Awaited {
    /** A command while no message is arriving. */
    COMMAND,
    /** The command for the next chunk of a message. */
    CHUNK,
    /** Content. */
    CONTENT
  }

  /** Begins to wait for the client. */
  void await(Awaited awaited) {
    inUse =
        switch (awaited) {
          case COMMAND -> List.of(command);
          case CHUNK -> List.of(command, message);
          case CONTENT -> List.of(message);
        };
    waitingSince = clock.nanoTime();
  }

  /** Ends the wait, if there is one. */
  void proceed() {
    long waited = clock.nanoTime() - waitingSince;
    inUse.forEach(allowance -> allowance.left -= waited);
    if (draining && !inUse.isEmpty()) {
      drain.left -= waited;
    }
    inUse = List.of();
  }

  /** Says that the client has completed a command. */
  void commandRead() {
    command.fillUp();
  }

  /** Says that the client has sent content. */
  void contentRead(long octets) {
    message.add(octets * nanosPerOctet);
  }

  /** Says that no message is arriving, so that the next one has its full allowance. */
  void noMessage() {
    message.fillUp();
  }

  /** Says that the session has authenticated its client or accepted a message from it. */
  void useful() {
    useful = true;
  }

  /** Says that the session is to end. Counts from the next wait on. */
  void drain() {
    draining = true;
  }

  /** Returns after how many nanoseconds of the present wait to {@link #proceed} and look again. */
  long nanosToCheck() {
    long nanos = draining ? drain.left : Long.MAX_VALUE;
    for (Allowance allowance : inUse) {
      nanos = Math.min(nanos, allowance.left);
      if (!useful && crowdedLimit < allowance.full) {
        long used = allowance.full - allowance.left;
        nanos = Math.min(nanos, used < crowdedLimit ? crowdedLimit - used : crowdedLimit);
      }
    }
    return nanos;
  }

  /**
   * Returns whether the client has used up an allowance.
   *
   * @param crowded whether the server is crowded
   */
  boolean isOver(boolean crowded) {
    return isOver(command, crowded) || isOver(message, crowded);
  }

  private boolean isOver(Allowance allowance, boolean crowded) {
    return allowance.left <= 0
        || (crowded && !useful && allowance.full - allowance.left >= crowdedLimit);
  }

  /** Returns whether a session that is to end has had all its time. */
  boolean isDrainOver() {
    return draining && drain.left <= 0;
  }
}
