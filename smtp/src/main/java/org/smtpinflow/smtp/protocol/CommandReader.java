// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.protocol;

import io.netty.buffer.ByteBuf;
import java.util.Optional;

/**
 * Takes command lines out of the input. A line ends with CRLF and with nothing else (RFC 5321,
 * section 2.3.8): what follows a bare CR or LF belongs to the same line, so it never is a command.
 */
final class CommandReader {

  /**
   * Octets in a command line, CRLF included. RFC 5321 (4.5.3.1.4) asks for 512, and the extensions
   * add to it: for MAIL 26 (SIZE), 17 (8BITMIME), 10 (SMTPUTF8) and 116 (DSN); for RCPT 528 (DSN)
   * and 10 (SMTPUTF8). There is room for more, so that who sends too long a path, or a parameter
   * that is not known here, hears just that.
   */
  static final int MAX_LINE = 4096;

  private boolean skipping;

  /**
   * Reads the next line. One that is not whole yet is left in the input.
   *
   * @throws CommandRefusedException as soon as the line is known to be too long, or not to end in
   *     CRLF; its rest is skipped by later calls. So a client that never sends CRLF is told, rather
   *     than left waiting
   */
  Optional<CommandLine> read(ByteBuf input) throws CommandRefusedException {
    if (skipping) {
      skipping = !skipLine(input);
      if (skipping) {
        return Optional.empty();
      }
    }
    int start = input.readerIndex();
    int end = input.writerIndex();
    int newline = Newlines.indexOf(input, start, end);
    if (newline - start > MAX_LINE - 2) {
      throw refuse(input, newline, Replies.LINE_TOO_LONG);
    }
    if (newline < end && input.getByte(newline) == '\n') {
      throw refuse(input, newline, Replies.BARE_NEWLINE_IN_COMMAND);
    }
    if (newline + 1 >= end) {
      return Optional.empty();
    }
    if (input.getByte(newline + 1) != '\n') {
      throw refuse(input, newline, Replies.BARE_NEWLINE_IN_COMMAND);
    }
    byte[] line = new byte[newline - start];
    input.readBytes(line).skipBytes(2);
    return Optional.of(CommandLine.parse(line));
  }

  private CommandRefusedException refuse(ByteBuf input, int end, Reply reply) {
    skipping = true;
    int start = input.readerIndex();
    byte[] beginning = new byte[Math.min(end - start, Verb.MAX_LENGTH + 1)];
    input.getBytes(start, beginning);
    return Verb.at(beginning) == Verb.BDAT
        ? CommandRefusedException.outOfStep(reply)
        : new CommandRefusedException(reply);
  }

  /** Says whether the line has been skipped to its end. A CR at the end of the input is left. */
  private static boolean skipLine(ByteBuf input) {
    int end = input.writerIndex();
    for (int at = input.readerIndex(); at < end; at++) {
      at = Newlines.indexOf(input, at, end);
      if (at < end && input.getByte(at) == '\r') {
        if (at + 1 == end) {
          input.readerIndex(at);
          return false;
        }
        if (input.getByte(at + 1) == '\n') {
          input.readerIndex(at + 2);
          return true;
        }
      }
    }
    input.readerIndex(end);
    return false;
  }
}
