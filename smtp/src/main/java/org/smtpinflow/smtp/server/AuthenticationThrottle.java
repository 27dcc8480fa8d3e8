// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.server;

import java.net.InetAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Counts failed authentications of each client network, over all its sessions, and cuts off a
 * network that has too many.
 *
 * <p>Each network has a leaky bucket. A failure adds one; within the window as many leak out as are
 * allowed. So a client may fail that often at once, and afterwards at that rate. Further failures,
 * of attempts in parallel sessions, have to leak out as well. A success removes nothing: otherwise
 * the owner of one account could try all others by logging in to that account in between.
 *
 * <p>An IPv6 client is counted twice: with its /64 network, and with its /48, which may fail ten
 * times as often. A site usually has a /48 (RFC 6177), and so can use 65,536 networks of 64 bits.
 *
 * <p>The tables are bounded. If one is full, the network that was seen least recently is forgotten.
 * An attacker with more networks than that can only be stopped by the policy of each account.
 */
final class AuthenticationThrottle {

  private static final int NETWORKS_MAX = 10_000;

  /** How many times the limit of a /64 a /48 may fail. */
  private static final int SITE_FACTOR = 10;

  private static final int SITE_SHIFT = 64 - 48;

  private final Buckets<ClientNetwork> networks;

  /** By the first 48 bits of the address. */
  private final Buckets<Long> sites;

  private final LongSupplier nanoTime;

  /**
   * @param limit how many attempts of a network may fail within the window
   * @param nanoTime tells the time, as {@link System#nanoTime} does
   */
  AuthenticationThrottle(int limit, Duration window, LongSupplier nanoTime) {
    this.networks = new Buckets<>(limit, window);
    this.sites = new Buckets<>((long) limit * SITE_FACTOR, window);
    this.nanoTime = nanoTime;
  }

  /** Returns whether a client may make no attempt now. */
  synchronized boolean isCutOff(InetAddress client) {
    return isCutOff(ClientNetwork.of(client), nanoTime.getAsLong());
  }

  private boolean isCutOff(ClientNetwork network, long now) {
    return networks.isFull(network, now)
        || (network.ipv6() && sites.isFull(network.bits() >>> SITE_SHIFT, now));
  }

  /**
   * Counts a failed attempt of a client.
   *
   * @return whether this failure cuts the client off, which it was not before
   */
  synchronized boolean failed(InetAddress client) {
    long now = nanoTime.getAsLong();
    ClientNetwork network = ClientNetwork.of(client);
    boolean before = isCutOff(network, now);
    networks.add(network, now);
    if (network.ipv6()) {
      sites.add(network.bits() >>> SITE_SHIFT, now);
    }
    return !before && isCutOff(network, now);
  }

  /** Returns how many networks and sites are remembered. */
  synchronized int size() {
    return networks.levels.size() + sites.levels.size();
  }

  /** A bounded table of leaky buckets. */
  private static final class Buckets<K> {

    private final long limit;
    private final double nanosPerFailure;

    /** The network that was seen least recently is the first. */
    private final Map<K, Bucket> levels =
        new LinkedHashMap<>(16, 0.75f, true) {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<K, Bucket> eldest) {
            return size() > NETWORKS_MAX;
          }
        };

    private record Bucket(double level, long time) {}

    Buckets(long limit, Duration window) {
      this.limit = limit;
      this.nanosPerFailure = Math.max(1, (double) window.toNanos() / limit);
    }

    /** One more failure must fit in whole, or else an attempt would be allowed at any time. */
    boolean isFull(K key, long now) {
      Bucket bucket = levels.get(key);
      return bucket != null && level(bucket, now) > limit - 1;
    }

    void add(K key, long now) {
      levels.compute(
          key, (k, bucket) -> new Bucket(bucket == null ? 1 : level(bucket, now) + 1, now));
    }

    private double level(Bucket bucket, long now) {
      return Math.max(0, bucket.level - (now - bucket.time) / nanosPerFailure);
    }
  }
}
