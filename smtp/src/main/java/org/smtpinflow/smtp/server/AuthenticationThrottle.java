// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.server;

import java.net.InetAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Knows how many attempts to authenticate have failed for each client, over all its sessions, and
 * when that is too many.
 *
 * <p>For each client there is a leaky bucket: a failure adds one, and within the window as many run
 * out as are allowed. So a client may fail that often at once, and after that at that rate; what
 * was tried beyond it, in sessions side by side, has to run out too. Success takes nothing away:
 * otherwise whoever has one good account could try all others, one attempt of his own in between.
 *
 * <p>The table is bounded. If it is full the client that failed least recently is forgotten; an
 * attacker with more networks than that can only be stopped by each account's own policy.
 */
final class AuthenticationThrottle {

  private static final int CLIENTS_MAX = 10_000;

  private final int limit;
  private final long nanosPerFailure;
  private final LongSupplier nanoTime;

  /** The least recent failure first. */
  private final Map<ClientNetwork, Bucket> buckets =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<ClientNetwork, Bucket> eldest) {
          return size() > CLIENTS_MAX;
        }
      };

  private record Bucket(double level, long time) {}

  /**
   * @param limit how many attempts may fail within the window
   * @param nanoTime tells the time, as {@link System#nanoTime} does
   */
  AuthenticationThrottle(int limit, Duration window, LongSupplier nanoTime) {
    this.limit = limit;
    this.nanosPerFailure = Math.max(1, window.toNanos() / limit);
    this.nanoTime = nanoTime;
  }

  /** Says whether too many attempts of a client have failed for it to make one more. */
  synchronized boolean isCutOff(InetAddress client) {
    Bucket bucket = buckets.get(ClientNetwork.of(client));
    // One more must find room in full, or else a failure would be allowed at any time.
    return bucket != null && level(bucket, nanoTime.getAsLong()) > limit - 1;
  }

  synchronized void failed(InetAddress client) {
    long now = nanoTime.getAsLong();
    buckets.compute(
        ClientNetwork.of(client),
        (network, bucket) -> new Bucket(bucket == null ? 1 : level(bucket, now) + 1, now));
  }

  private double level(Bucket bucket, long now) {
    return Math.max(0, bucket.level - (double) (now - bucket.time) / nanosPerFailure);
  }
}
