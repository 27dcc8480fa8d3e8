// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.protocol;

import io.netty.buffer.ByteBuf;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * The replies that are to be sent, as octets. Whatever their text is, they become lines of
 * printable ASCII within the limit of RFC 5321, section 4.5.3.1.5.
 */
final class ReplyQueue {

  /** Octets in a line, reply code and CRLF included. */
  private static final int MAX_LINE = 512;

  /** The RFCs have no limit, but some clients do. */
  private static final int MAX_LINES = 64;

  private final Deque<byte[]> encoded = new ArrayDeque<>();

  void add(Reply reply) {
    encoded.add(encode(reply));
  }

  /** Removes the last reply, if it has not been sent. */
  void removeLast() {
    encoded.pollLast();
  }

  void drainTo(ByteBuf target) {
    for (byte[] reply = encoded.poll(); reply != null; reply = encoded.poll()) {
      target.writeBytes(reply);
    }
  }

  private static byte[] encode(Reply reply) {
    String status = reply.status().map(code -> code + " ").orElse("");
    List<String> lines = fold(reply.lines(), MAX_LINE - 6 - status.length());
    int size = lines.size() * (6 + status.length());
    for (String line : lines) {
      size += line.length();
    }
    byte[] octets = new byte[size];
    int at = 0;
    for (int i = 0; i < lines.size(); i++) {
      at = put(octets, at, Integer.toString(reply.code()));
      octets[at++] = (byte) (i < lines.size() - 1 ? '-' : ' ');
      at = put(octets, at, status);
      at = put(octets, at, lines.get(i));
      octets[at++] = '\r';
      octets[at++] = '\n';
    }
    return octets;
  }

  private static int put(byte[] target, int from, String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      target[from + i] = (byte) (c >= ' ' && c <= '~' ? c : '?');
    }
    return from + text.length();
  }

  private static List<String> fold(List<String> lines, int width) {
    if (lines.size() == 1 && lines.get(0).length() <= width) {
      return lines;
    }
    List<String> folded = new ArrayList<>();
    for (String line : lines) {
      int at = 0;
      while (line.length() - at > width && folded.size() < MAX_LINES) {
        int space = line.lastIndexOf(' ', at + width);
        boolean atSpace = space > at;
        folded.add(line.substring(at, atSpace ? space : at + width));
        at = atSpace ? space + 1 : at + width;
      }
      folded.add(line.substring(at));
    }
    return folded.subList(0, Math.min(folded.size(), MAX_LINES));
  }
}
