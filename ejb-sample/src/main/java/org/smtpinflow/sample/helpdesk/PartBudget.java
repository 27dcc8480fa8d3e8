// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.sample.helpdesk;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.ContentType;
import jakarta.mail.internet.MimePart;
import jakarta.mail.internet.ParseException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * Says which multiparts of a message can be parsed on a heap of ordinary size.
 *
 * <p>Jakarta Mail keeps the header of every part on the heap, and each takes more than a kilobyte
 * there. A message of 50 MiB can have millions of empty parts, or a single header that fills it. So
 * the parts are counted before they are parsed.
 */
final class PartBudget {

  private int partsLeft = 500;
  private int headerOctetsLeft = 256 * 1024;

  /** Says whether the multipart is within what is left of the budget, and takes it from there. */
  boolean admits(MimePart multipart) throws MessagingException, IOException {
    byte[] delimiter = delimiter(multipart).getBytes(StandardCharsets.ISO_8859_1);
    try (InputStream in = multipart.getInputStream()) {
      return new Scan(delimiter).admits(in);
    }
  }

  /**
   * Returns what begins a delimiter line (RFC 2046, section 5.1.1). Without the parameter, Jakarta
   * Mail takes whatever line looks like a delimiter for one.
   */
  private static String delimiter(MimePart multipart) throws MessagingException {
    try {
      String boundary = new ContentType(multipart.getContentType()).getParameter("boundary");
      return boundary == null ? "--" : "--" + boundary;
    } catch (ParseException e) {
      return "--";
    }
  }

  /** A pass over the lines of a multipart; CR, LF and CRLF each end one, as in Jakarta Mail. */
  private final class Scan {

    private final byte[] delimiter;
    private int lineLength;
    private int matched;
    private int previous;

    /** Whether this line would go on the heap: it is of a header, or of the preamble. */
    private boolean inHeader = true;

    private boolean inPreamble = true;

    Scan(byte[] delimiter) {
      this.delimiter = delimiter;
    }

    boolean admits(InputStream in) throws IOException {
      byte[] buffer = new byte[8192];
      for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
        for (int i = 0; i < length; i++) {
          accept(buffer[i]);
        }
        if (partsLeft < 0 || headerOctetsLeft < 0) {
          return false;
        }
      }
      return true;
    }

    private void accept(byte octet) {
      if (octet == '\r' || (octet == '\n' && previous != '\r')) {
        endLine();
      } else if (octet != '\n') {
        if (matched == lineLength && matched < delimiter.length && octet == delimiter[matched]) {
          matched++;
        }
        lineLength++;
      }
      if (inHeader) {
        headerOctetsLeft--;
      }
      previous = octet;
    }

    private void endLine() {
      if (matched == delimiter.length) {
        partsLeft--;
        inHeader = true;
        inPreamble = false;
      } else if (lineLength == 0 && !inPreamble) {
        inHeader = false;
      }
      lineLength = 0;
      matched = 0;
    }
  }
}
