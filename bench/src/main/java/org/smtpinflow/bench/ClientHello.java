// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.bench;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;

/**
 * Makes first messages of TLS 1.3 (RFC 8446, section 4.1.2) that cost their client nothing: the
 * public value is made up.
 */
final class ClientHello {

  private static final short SUPPORTED_GROUPS = 10;
  private static final short SIGNATURE_ALGORITHMS = 13;
  private static final short SUPPORTED_VERSIONS = 43;
  private static final short KEY_SHARE = 51;

  private static final Random RANDOM = new Random(1);

  private final ByteBuffer octets = ByteBuffer.allocate(4096);

  private ClientHello() {}

  /**
   * Returns a record with a ClientHello.
   *
   * @param group the number of the only group that it offers
   * @param length how many octets a public value of the group has
   */
  static byte[] of(int group, int length) {
    return new ClientHello().make((short) group, length);
  }

  private byte[] make(short group, int length) {
    octets.put((byte) 22).putShort((short) 0x0301);
    int recordStart = begin(2);
    octets.put((byte) 1);
    int messageStart = begin(3);
    octets.putShort((short) 0x0303).put(random(32)).put((byte) 32).put(random(32));
    // TLS_AES_128_GCM_SHA256, and no compression.
    octets.putShort((short) 2).putShort((short) 0x1301).put((byte) 1).put((byte) 0);
    int extensions = begin(2);
    extension(SUPPORTED_GROUPS, shorts(2, group));
    // ecdsa_secp256r1_sha256 and rsa_pss_rsae_sha256
    extension(SIGNATURE_ALGORITHMS, shorts(4, 0x0403, 0x0804));
    extension(SUPPORTED_VERSIONS, new byte[] {2, 3, 4});
    byte[] share = Arrays.copyOf(shorts(length + 4, group, length), 6 + length);
    System.arraycopy(random(length), 0, share, 6, length);
    // Less than the modulus, whose first octets are all ones.
    share[6] &= 0x7f;
    extension(KEY_SHARE, share);
    end(extensions, 2);
    end(messageStart, 3);
    end(recordStart, 2);
    return Arrays.copyOf(octets.array(), octets.position());
  }

  private void extension(short type, byte[] data) {
    octets.putShort(type).putShort((short) data.length).put(data);
  }

  /** Leaves room for a length. */
  private int begin(int width) {
    octets.position(octets.position() + width);
    return octets.position();
  }

  private void end(int start, int width) {
    int length = octets.position() - start;
    for (int i = 1; i <= width; i++) {
      octets.put(start - i, (byte) (length >> (8 * (i - 1))));
    }
  }

  private static byte[] shorts(int... values) {
    ByteBuffer buffer = ByteBuffer.allocate(2 * values.length);
    for (int value : values) {
      buffer.putShort((short) value);
    }
    return buffer.array();
  }

  private static byte[] random(int length) {
    byte[] octets = new byte[length];
    RANDOM.nextBytes(octets);
    return octets;
  }
}
