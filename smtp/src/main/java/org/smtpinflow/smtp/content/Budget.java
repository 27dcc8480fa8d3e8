// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.content;

import java.util.HashMap;
import java.util.Map;

/**
 * A number of octets that may be in use at once, shared between holders. A holder may have several
 * contents.
 *
 * <p>No holder gets more than it leaves free: what it has after taking octets must not exceed what
 * nobody has then. So one holder gets at most half of the budget, and there always is something
 * left for the next one. Octets that come back are shared anew. A holder with one content only may
 * go beyond that, up to the budget: otherwise a message of more than half of the budget could never
 * be received.
 */
final class Budget {

  private final long limit;
  private final Map<Object, Share> shares = new HashMap<>();
  private long used;

  Budget(long limit) {
    this.limit = limit;
  }

  /** Begins a content of a holder. {@link Share#end} must be called when it is gone. */
  synchronized Share begin(Object holder) {
    Share share = shares.computeIfAbsent(holder, Share::new);
    share.contents++;
    return share;
  }

  long limit() {
    return limit;
  }

  synchronized long used() {
    return used;
  }

  /** What one holder has. */
  final class Share {

    private final Object holder;
    private long held;
    private int contents;

    private Share(Object holder) {
      this.holder = holder;
    }

    /** Returns whether octets could be taken now. */
    boolean allows(long octets) {
      synchronized (Budget.this) {
        // In this order nothing overflows, however large the number is.
        long free = limit - used;
        return octets <= free && (contents == 1 || held + octets <= free - octets);
      }
    }

    /** Takes octets, or none if there are not enough for this holder. */
    boolean tryTake(long octets) {
      synchronized (Budget.this) {
        boolean allowed = allows(octets);
        if (allowed) {
          take(octets);
        }
        return allowed;
      }
    }

    /** Takes octets even if that is over the limit; {@link #tryTake} then fails for a while. */
    void take(long octets) {
      synchronized (Budget.this) {
        used += octets;
        held += octets;
      }
    }

    void giveBack(long octets) {
      take(-octets);
    }

    /** Ends a content, whose octets have been given back. */
    void end() {
      synchronized (Budget.this) {
        contents--;
        if (contents == 0) {
          shares.remove(holder);
        }
      }
    }
  }
}
