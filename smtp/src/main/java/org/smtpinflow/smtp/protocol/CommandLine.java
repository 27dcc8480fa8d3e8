// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.protocol;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * A command line, split into verb and argument.
 *
 * @param verb the verb
 * @param argument the text after the verb, without surrounding space; may contain characters
 *     outside ASCII, but no control characters
 */
record CommandLine(Verb verb, String argument) {

  /** Omits the argument, as that of AUTH may contain a password. */
  @Override
  public String toString() {
    return "CommandLine[" + verb + "]";
  }

  /**
   * Splits a line, which is given without its CRLF.
   *
   * @throws CommandRefusedException if the rest after the verb is not text
   */
  static CommandLine parse(byte[] line) throws CommandRefusedException {
    Verb verb = Verb.at(line);
    int end = Verb.lengthAt(line);
    boolean separate = end == line.length || line[end] == ' ';
    if (verb == Verb.BDAT && !separate) {
      throw refuse(verb, Replies.badArgument("BDAT needs a space before the chunk size"));
    }
    return separate && verb != Verb.UNKNOWN
        ? new CommandLine(verb, argument(verb, line, end))
        : new CommandLine(Verb.UNKNOWN, "");
  }

  private static String argument(Verb verb, byte[] line, int from) throws CommandRefusedException {
    boolean ascii = true;
    for (int i = from; i < line.length; i++) {
      if ((line[i] >= 0 && line[i] < ' ') || line[i] == 0x7f) {
        throw refuse(verb, Replies.CONTROL_CHARACTER);
      }
      ascii &= line[i] >= 0;
    }
    int length = line.length - from;
    if (ascii) {
      return new String(line, from, length, StandardCharsets.ISO_8859_1).trim();
    }
    try {
      ByteBuffer octets = ByteBuffer.wrap(line, from, length);
      // A new decoder reports malformed octets; String would replace them.
      return StandardCharsets.UTF_8.newDecoder().decode(octets).toString().trim();
    } catch (CharacterCodingException e) {
      throw refuse(verb, Replies.badArgument("Line is not UTF-8"));
    }
  }

  private static CommandRefusedException refuse(Verb verb, Reply reply) {
    return verb == Verb.BDAT
        ? CommandRefusedException.outOfStep(reply)
        : new CommandRefusedException(reply);
  }
}
