// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.protocol;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.smtpinflow.api.EnhancedStatusCode;

/**
 * An SMTP reply (RFC 5321, section 4.2). Its text may contain any characters: when it is sent,
 * control characters and characters outside ASCII become question marks, and lines that are too
 * long are folded.
 *
 * @param code the reply code, 200 to 599
 * @param status the enhanced status code (RFC 2034), which is sent in every line, of the same class
 *     as the reply code; empty for the greeting, for the replies to HELO and EHLO, and for 3yz
 *     replies
 * @param lines the lines of text; at least one
 */
public record Reply(int code, Optional<EnhancedStatusCode> status, List<String> lines) {

  /**
   * Copies the lines; no argument may be null.
   *
   * @throws IllegalArgumentException if the code is outside its range, the status is of another
   *     class, or there is no line
   */
  public Reply {
    if (code < 200 || code > 599) {
      throw new IllegalArgumentException("reply code " + code + " is not between 200 and 599");
    }
    Objects.requireNonNull(status, "status");
    if (status.isPresent() && status.get().statusClass() != code / 100) {
      throw new IllegalArgumentException(
          "enhanced status code " + status.get() + " is not of the class of reply code " + code);
    }
    lines = List.copyOf(lines);
    if (lines.isEmpty()) {
      throw new IllegalArgumentException("reply " + code + " has no line of text");
    }
  }

  /** Makes a reply with an enhanced status code; the text's line breaks begin new lines. */
  public static Reply of(int code, String status, String text) {
    return of(code, EnhancedStatusCode.parse(status), text);
  }

  /** Makes a reply with an enhanced status code; the text's line breaks begin new lines. */
  public static Reply of(int code, EnhancedStatusCode status, String text) {
    List<String> lines = text.isEmpty() ? List.of("") : text.lines().toList();
    return new Reply(code, Optional.of(status), lines);
  }

  /** Returns whether this is a 2yz reply. */
  public boolean isPositive() {
    return code / 100 == 2;
  }

  /** Returns whether this is a 4yz or 5yz reply. */
  boolean isFailure() {
    return code / 100 == 4 || code / 100 == 5;
  }

  /** Throws an exception if a receiver may not give this reply. */
  void requireOutcome() {
    if (status.isEmpty()) {
      throw new IllegalArgumentException(
          "answer " + code + " has no enhanced status code, which every outcome has");
    }
  }

  /** Returns whether this is a 5yz reply. */
  boolean isPermanentFailure() {
    return code / 100 == 5;
  }

  /** Returns whether the server closes the connection after it (RFC 5321, 3.8). */
  boolean isFarewell() {
    return code == 221 || code == 421;
  }
}
