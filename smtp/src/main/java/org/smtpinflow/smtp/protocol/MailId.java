// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.protocol;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Makes the ids of messages: 22 letters and digits, in the alphabet of Crockford's base 32. They
 * sort by time: ten characters are milliseconds, four a counter, and eight are random. The random
 * characters are constant for the lifetime of this class, so that ids of different servers, or from
 * before and after a restart, differ.
 */
final class MailId {

  private static final char[] ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ".toCharArray();

  private static final AtomicInteger COUNTER = new AtomicInteger();
  private static final long LIFE = new SecureRandom().nextLong();

  private MailId() {}

  static String next(Instant now) {
    StringBuilder id = new StringBuilder(22);
    append(id, now.toEpochMilli(), 10);
    append(id, COUNTER.getAndIncrement(), 4);
    append(id, LIFE, 8);
    return id.toString();
  }

  private static void append(StringBuilder target, long value, int characters) {
    for (int shift = (characters - 1) * 5; shift >= 0; shift -= 5) {
      target.append(ALPHABET[(int) (value >>> shift) & 31]);
    }
  }
}
