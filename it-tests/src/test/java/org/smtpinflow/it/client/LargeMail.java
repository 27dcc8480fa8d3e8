// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.it.client;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Random;

/**
 * A message of exactly as many octets as the adapter takes by default. It has an attachment of
 * random octets in base64, which never stands on the heap as a whole here either.
 */
public final class LargeMail {

  public static final int SIZE = 50 << 20;

  private static final String HEAD =
      """
      Subject: large
      MIME-Version: 1.0
      Content-Type: multipart/mixed; boundary=b

      --b
      Content-Type: text/plain

      %s
      --b
      Content-Type: application/octet-stream
      Content-Disposition: attachment; filename=large.bin
      Content-Transfer-Encoding: base64

      """
          .replace("\n", "\r\n");

  private static final String TAIL = "--b--\r\n";

  /** One line of base64. */
  private static final int OCTETS_PER_LINE = 57;

  private static final int LINE_LENGTH = 78;
  private static final int ROOM = SIZE - HEAD.replace("%s", "").length() - TAIL.length();
  private static final int LINES = ROOM / LINE_LENGTH;
  private static final String PADDING = "x".repeat(ROOM % LINE_LENGTH);

  private final Random random;
  private final MessageDigest whole = sha256Digest();
  private final MessageDigest attachment = sha256Digest();

  /** Makes a message with a unique attachment. */
  public LargeMail(int seed) {
    random = new Random(seed);
  }

  private static MessageDigest sha256Digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      // Every Java platform has SHA-256.
      throw new AssertionError(e);
    }
  }

  /** Sends the content, without the dot that ends it. No line of it begins with one. */
  public void send(SmtpConnection connection) throws IOException {
    send(connection, HEAD.formatted(PADDING));
    int linesAtOnce = 1000;
    for (int left = LINES; left > 0; left -= linesAtOnce) {
      byte[] octets = new byte[OCTETS_PER_LINE * Math.min(left, linesAtOnce)];
      random.nextBytes(octets);
      attachment.update(octets);
      send(connection, Base64.getMimeEncoder().encodeToString(octets) + "\r\n");
    }
    send(connection, TAIL);
  }

  private void send(SmtpConnection connection, String lines) throws IOException {
    byte[] octets = lines.getBytes(US_ASCII);
    whole.update(octets);
    connection.send(octets);
  }

  /** Returns the digest of what was sent. */
  public String sha256() {
    return HexFormat.of().formatHex(whole.digest());
  }

  /** Returns the digest of the attachment, decoded. */
  public String attachmentSha256() {
    return HexFormat.of().formatHex(attachment.digest());
  }
}
