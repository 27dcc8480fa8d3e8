// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.sample.helpdesk;

import jakarta.mail.MessagingException;
import jakarta.mail.Part;
import java.io.IOException;
import java.io.InputStream;

/**
 * The decoded octets of a part, as far as they can be decoded: where the encoding breaks, the
 * stream ends and {@linkplain #isDamaged() says so}, instead of failing.
 */
final class DecodedStream extends InputStream {

  private final InputStream in;
  private boolean damaged;

  private DecodedStream(InputStream in, boolean damaged) {
    this.in = in;
    this.damaged = damaged;
  }

  static DecodedStream of(Part part) {
    try {
      return new DecodedStream(part.getInputStream(), false);
    } catch (MessagingException | IOException | RuntimeException e) {
      return new DecodedStream(InputStream.nullInputStream(), true);
    }
  }

  /** Says whether the encoding broke before the end. */
  boolean isDamaged() {
    return damaged;
  }

  @Override
  public int read() {
    byte[] octet = new byte[1];
    return read(octet, 0, 1) == 1 ? Byte.toUnsignedInt(octet[0]) : -1;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) {
    if (damaged) {
      return -1;
    }
    try {
      return in.read(buffer, offset, length);
    } catch (IOException | RuntimeException e) {
      damaged = true;
      return -1;
    }
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
