// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.sample.helpdesk.mime;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.ContentType;
import jakarta.mail.internet.MimePart;
import jakarta.mail.internet.ParseException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * Decides which multiparts of a message can be parsed on a heap of ordinary size.
 *
 * <p>Jakarta Mail keeps the header of every part on the heap, where each takes more than a
 * kilobyte. A message of 50 MiB can have millions of empty parts, or a single header that fills it.
 * So parts, header octets and header fields are counted before they are parsed.
 */
final class PartBudget {

  /** Each takes two to three kilobytes: Jakarta Mail prepares a list of fields in order. */
  private int partsLeft = 500;

  /** Each takes about a hundred octets besides those of its text, and can be as short as "a:". */
  private int headerLinesLeft = 5_000;

  /** Each takes one or two octets. Together with parts and lines, this is at most 3 MiB. */
  private int headerOctetsLeft = 256 * 1024;

  /** Takes the multipart from the budget; returns whether the budget covered it. */
  boolean admits(MimePart multipart) throws MessagingException, IOException {
    byte[] delimiter = delimiter(multipart).getBytes(StandardCharsets.ISO_8859_1);
    try (InputStream in = multipart.getInputStream()) {
      return new Scan(delimiter).admits(in);
    }
  }

  /**
   * Returns the begin of a delimiter line (RFC 2046, section 5.1.1). Without the parameter, Jakarta
   * Mail takes any line with two hyphens for a delimiter.
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

    /** Whether this line would be kept on the heap: it is in a header or in the preamble. */
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
        if (partsLeft < 0 || headerLinesLeft < 0 || headerOctetsLeft < 0) {
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
      if (inHeader) {
        headerLinesLeft--;
      }
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
