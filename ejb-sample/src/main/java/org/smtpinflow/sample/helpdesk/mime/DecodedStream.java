// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.sample.helpdesk.mime;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimePart;
import java.io.IOException;
import java.io.InputStream;

/**
 * The decoded octets of a part. If they cannot be decoded, the stream ends without an error. If the
 * encoding is unknown, the octets are as they were sent. In both cases {@link #isDamaged()} is
 * true.
 */
public final class DecodedStream extends InputStream {

  /**
   * Small, because a read that fails loses the octets that it has decoded. A multiple of three,
   * because of base64.
   */
  private static final int MAX_READ = 3 * 256;

  private final InputStream in;
  private boolean damaged;
  private boolean ended;

  /** Opens the body of a part. */
  public DecodedStream(MimePart part) {
    InputStream body;
    try {
      body = part.getInputStream();
    } catch (MessagingException | IOException | RuntimeException e) {
      damaged = true;
      body = undecoded(part);
    }
    in = body;
  }

  private static InputStream undecoded(MimePart part) {
    try {
      return part instanceof MimeMessage message
          ? message.getRawInputStream()
          : ((MimeBodyPart) part).getRawInputStream();
    } catch (MessagingException | RuntimeException e) {
      return InputStream.nullInputStream();
    }
  }

  /** Returns whether the octets read so far differ from those that the sender meant. */
  public boolean isDamaged() {
    return damaged;
  }

  @Override
  public int read() {
    byte[] octet = new byte[1];
    return read(octet, 0, 1) == 1 ? Byte.toUnsignedInt(octet[0]) : -1;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) {
    if (ended) {
      return -1;
    }
    try {
      return in.read(buffer, offset, Math.min(length, MAX_READ));
    } catch (IOException | RuntimeException e) {
      damaged = true;
      ended = true;
      return -1;
    }
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
