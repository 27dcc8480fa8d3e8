// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.content;

import java.util.concurrent.atomic.AtomicLong;

/** A number of octets that may be in use at once; taken, and given back. */
final class Budget {

  private final long limit;
  private final AtomicLong used = new AtomicLong();

  Budget(long limit) {
    this.limit = limit;
  }

  /** Takes octets, or none if that would be over the limit. */
  boolean tryTake(long octets) {
    long before;
    do {
      before = used.get();
      if (octets > limit - before) {
        return false;
      }
    } while (!used.compareAndSet(before, before + octets));
    return true;
  }

  /** Takes octets even if that is over the limit; {@link #tryTake} then fails for a while. */
  void take(long octets) {
    used.addAndGet(octets);
  }

  void giveBack(long octets) {
    used.addAndGet(-octets);
  }

  long limit() {
    return limit;
  }

  long used() {
    return used.get();
  }
}
