// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.protocol;

import io.netty.buffer.ByteBuf;
import java.util.Optional;

/**
 * Takes command lines out of the input. Only CRLF ends a line (RFC 5321, section 2.3.8). What
 * follows a bare CR or LF belongs to the same line, so it is never a command.
 */
final class CommandReader {

  /**
   * Octets in a command line, CRLF included. RFC 5321 (4.5.3.1.4) asks for 512, and the extensions
   * add to it: for MAIL 26 (SIZE), 17 (8BITMIME), 10 (SMTPUTF8) and 116 (DSN); for RCPT 528 (DSN)
   * and 10 (SMTPUTF8). There is room for more, so that a client that sends too long a path, or an
   * unknown parameter, gets a reply that says so.
   */
  static final int MAX_LINE = 4096;

  /**
   * Octets in a line of an authentication exchange, CRLF included (RFC 4954, section 4). It also
   * holds for the AUTH command, whose initial response may be a long token.
   */
  static final int MAX_AUTHENTICATION_LINE = 12_288;

  private boolean skipping;

  /**
   * Reads the next command. An incomplete line is left in the input.
   *
   * @throws CommandRefusedException as soon as the line is known to be too long, or not to end in
   *     CRLF. Later calls skip its rest. So a client that never sends CRLF gets a reply and does
   *     not wait for ever
   */
  Optional<CommandLine> read(ByteBuf input) throws CommandRefusedException {
    Optional<byte[]> line = readLine(input, false);
    return line.isPresent() ? Optional.of(CommandLine.parse(line.get())) : Optional.empty();
  }

  /**
   * Reads the next line of an authentication exchange, and returns it without its CRLF.
   *
   * @throws CommandRefusedException as {@link #read} does
   */
  Optional<byte[]> readResponse(ByteBuf input) throws CommandRefusedException {
    return readLine(input, true);
  }

  private Optional<byte[]> readLine(ByteBuf input, boolean response)
      throws CommandRefusedException {
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
      boolean authentication = response || verb(input, newline) == Verb.AUTH;
      if (!authentication) {
        throw refuse(input, newline, response, Replies.LINE_TOO_LONG);
      }
      if (newline - start > MAX_AUTHENTICATION_LINE - 2) {
        throw refuse(input, newline, response, Replies.AUTHENTICATION_LINE_TOO_LONG);
      }
    }
    if (newline < end && input.getByte(newline) == '\n') {
      throw refuse(input, newline, response, Replies.BARE_NEWLINE_IN_COMMAND);
    }
    if (newline + 1 >= end) {
      return Optional.empty();
    }
    if (input.getByte(newline + 1) != '\n') {
      throw refuse(input, newline, response, Replies.BARE_NEWLINE_IN_COMMAND);
    }
    byte[] line = new byte[newline - start];
    input.readBytes(line).skipBytes(2);
    return Optional.of(line);
  }

  private CommandRefusedException refuse(ByteBuf input, int end, boolean response, Reply reply) {
    skipping = true;
    return !response && verb(input, end) == Verb.BDAT
        ? CommandRefusedException.outOfStep(reply)
        : new CommandRefusedException(reply);
  }

  /** Returns the verb of a command line that may be incomplete or malformed. */
  private static Verb verb(ByteBuf input, int end) {
    int start = input.readerIndex();
    byte[] beginning = new byte[Math.min(end - start, Verb.MAX_LENGTH + 1)];
    input.getBytes(start, beginning);
    return Verb.at(beginning);
  }

  /** Returns whether the line has been skipped to its end. Leaves a CR at the end of the input. */
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
