// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.tls;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.HexFormat;
import java.util.List;

/**
 * Decodes private keys. The JDK supports only PKCS#8 (RFC 5958). Keys in older formats are wrapped
 * in PKCS#8 unchanged.
 */
final class PrivateKeys {

  private static final List<String> ALGORITHMS = List.of("RSA", "EC", "EdDSA");

  /** Octets; longer than any RSA key in use. */
  private static final int LENGTH_MAX = 32 << 10;

  private static final int SEQUENCE = 0x30;
  private static final int INTEGER = 0x02;
  private static final int OCTET_STRING = 0x04;

  /** The tag of the curve in SEC 1 (RFC 5915, section 3). */
  private static final int PARAMETERS = 0xA0;

  /** Version 0 of PKCS#8. */
  private static final byte[] VERSION = HexFormat.of().parseHex("020100");

  /** The algorithm rsaEncryption, with its empty parameters (RFC 8017, appendix A.1). */
  private static final byte[] RSA = HexFormat.of().parseHex("300d06092a864886f70d0101010500");

  /** The identifier of id-ecPublicKey (RFC 5480, section 2.1.1). */
  private static final byte[] EC = HexFormat.of().parseHex("06072a8648ce3d0201");

  private PrivateKeys() {}

  /**
   * Decodes a key.
   *
   * @param label the label of the PEM block, which names the format
   * @throws IllegalArgumentException if the format or the type of the key is unknown
   */
  static PrivateKey decode(String label, byte[] der) {
    if (der.length > LENGTH_MAX) {
      throw new IllegalArgumentException("too long for a key");
    }
    byte[] pkcs8 =
        switch (label) {
          case "PRIVATE KEY" -> der;
          case "RSA PRIVATE KEY" -> pkcs8(RSA, der);
          case "EC PRIVATE KEY" -> pkcs8(tagged(SEQUENCE, EC, curve(der)), der);
          default -> throw new IllegalArgumentException("'" + label + "' is not a known format");
        };
    for (String algorithm : ALGORITHMS) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
      } catch (InvalidKeySpecException e) {
        // The key is of another type.
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("every JDK has " + algorithm, e);
      }
    }
    throw new IllegalArgumentException("damaged, or of an unknown kind");
  }

  private static byte[] pkcs8(byte[] algorithm, byte[] key) {
    return tagged(SEQUENCE, VERSION, algorithm, tagged(OCTET_STRING, key));
  }

  /** Returns the named curve of a key in SEC 1. */
  private static byte[] curve(byte[] sec1) {
    ByteBuffer key = content(ByteBuffer.wrap(sec1), SEQUENCE);
    content(key, INTEGER);
    content(key, OCTET_STRING);
    ByteBuffer parameters = content(key, PARAMETERS);
    byte[] curve = new byte[parameters.remaining()];
    parameters.get(curve);
    return curve;
  }

  /** Reads one DER element, which must have this tag, and returns its contents. */
  private static ByteBuffer content(ByteBuffer der, int tag) {
    if (der.remaining() < 2 || (der.get() & 0xFF) != tag) {
      throw new IllegalArgumentException("not an EC key with a named curve");
    }
    int length = der.get() & 0xFF;
    if (length > 0x80) {
      int octets = length - 0x80;
      length = 0;
      for (int i = 0; i < octets && der.hasRemaining() && length < 1 << 16; i++) {
        length = (length << 8) | (der.get() & 0xFF);
      }
    }
    if (length > der.remaining()) {
      throw new IllegalArgumentException("cut short");
    }
    ByteBuffer content = der.slice().limit(length);
    der.position(der.position() + length);
    return content;
  }

  /** Returns one DER element. */
  private static byte[] tagged(int tag, byte[]... parts) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      content.writeBytes(part);
    }
    ByteArrayOutputStream element = new ByteArrayOutputStream();
    element.write(tag);
    int length = content.size();
    if (length < 0x80) {
      element.write(length);
    } else if (length < 0x100) {
      element.write(0x81);
      element.write(length);
    } else {
      element.write(0x82);
      element.write(length >> 8);
      element.write(length);
    }
    element.writeBytes(content.toByteArray());
    return element.toByteArray();
  }
}
