// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.content;

import java.util.concurrent.atomic.AtomicLong;

/** A number of octets that may be in use at the same time. */
final class Budget {

  private final long limit;
  private final AtomicLong used = new AtomicLong();

  Budget(long limit) {
    this.limit = limit;
  }

  /** Takes octets; returns false and takes none if that would exceed the limit. */
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

  /** Takes octets even if that exceeds the limit; {@link #tryTake} then fails for a while. */
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
