// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.sasl;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Decodes UTF-8 (RFC 3629); any invalid sequence is an error. */
public final class StrictUtf8 {

  private StrictUtf8() {}

  /**
   * Decodes text that is not secret.
   *
   * @throws MalformedResponseException if it is not UTF-8
   */
  public static String text(byte[] octets) throws MalformedResponseException {
    return new String(chars(octets, 0, octets.length));
  }

  /**
   * Decodes the octets from {@code from} up to {@code to}, exclusive.
   *
   * @return a new array, which the caller can clear
   * @throws MalformedResponseException if they are not UTF-8
   */
  public static char[] chars(byte[] octets, int from, int to) throws MalformedResponseException {
    CharBuffer buffer = CharBuffer.allocate(to - from); // at most one char for each octet
    try {
      // A new decoder reports errors instead of replacing them.
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
