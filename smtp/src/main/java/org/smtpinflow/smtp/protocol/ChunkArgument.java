// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.protocol;

/**
 * The argument of BDAT (RFC 3030, section 2).
 *
 * @param size the octets that follow the command
 * @param end the text after the size, which should be LAST or empty
 */
record ChunkArgument(long size, String end) {

  /** More octets than any message has, and fewer digits than would overflow a long. */
  private static final int MAX_DIGITS = 18;

  /**
   * Parses the argument far enough to know how many octets follow.
   *
   * @throws CommandRefusedException if the number cannot be determined
   */
  static ChunkArgument parse(String argument) throws CommandRefusedException {
    int space = argument.indexOf(' ');
    String size = space < 0 ? argument : argument.substring(0, space);
    String end = space < 0 ? "" : argument.substring(space).trim();
    if (size.isEmpty()
        || size.length() > MAX_DIGITS
        || !size.chars().allMatch(c -> c >= '0' && c <= '9')) {
      throw CommandRefusedException.outOfStep(
          Replies.badArgument("The chunk size must be a number of at most 18 digits"));
    }
    return new ChunkArgument(Long.parseLong(size), end);
  }

  boolean isLast() {
    return end.equalsIgnoreCase("LAST");
  }

  /** Checks the part that {@link #parse} does not check. */
  void check() throws CommandRefusedException {
    if (!end.isEmpty() && !isLast()) {
      throw new CommandRefusedException(Replies.badArgument("Only LAST may follow the chunk size"));
    }
  }
}
