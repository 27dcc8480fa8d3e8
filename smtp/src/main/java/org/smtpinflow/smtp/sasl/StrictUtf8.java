// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.sasl;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads UTF-8 (RFC 3629), and nothing that only looks like it. */
final class StrictUtf8 {

  private StrictUtf8() {}

  /** Reads text that is no secret. */
  static String text(byte[] octets) throws MalformedResponseException {
    return new String(chars(octets, 0, octets.length));
  }

  /** Reads a part of what was sent into an array that the caller can clear. */
  static char[] chars(byte[] octets, int from, int to) throws MalformedResponseException {
    CharBuffer buffer = CharBuffer.allocate(to - from); // no octet makes more than one char
    try {
      // A new decoder reports what it cannot read.
      var decoder = StandardCharsets.UTF_8.newDecoder();
      var result = decoder.decode(ByteBuffer.wrap(octets, from, to - from), buffer, true);
      if (result.isError()) {
        result.throwException();
      }
      return Arrays.copyOf(buffer.array(), buffer.position());
    } catch (CharacterCodingException e) {
      throw new MalformedResponseException("not UTF-8");
    } finally {
      Arrays.fill(buffer.array(), '\0');
    }
  }
}
