// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.protocol;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/**
 * The replies that are to be sent, as octets. Whatever their text is, what is sent is lines of
 * printable ASCII within the limit of RFC 5321, section 4.5.3.1.5.
 */
final class ReplyQueue {

  /** Octets in a line, reply code and CRLF included. */
  private static final int MAX_LINE = 512;

  /** No RFC has a limit, but some clients do. */
  private static final int MAX_LINES = 64;

  private final Queue<byte[]> encoded = new ArrayDeque<>();

  void add(Reply reply) {
    encoded.add(encode(reply));
  }

  void drainTo(ByteBuf target) {
    for (byte[] reply = encoded.poll(); reply != null; reply = encoded.poll()) {
      target.writeBytes(reply);
    }
  }

  private static byte[] encode(Reply reply) {
    String status = reply.status().map(code -> code + " ").orElse("");
    List<String> lines = fold(reply.lines(), MAX_LINE - 6 - status.length());
    StringBuilder text = new StringBuilder(64);
    for (int i = 0; i < lines.size(); i++) {
      boolean last = i == lines.size() - 1;
      text.append(reply.code()).append(last ? ' ' : '-').append(status);
      appendPrintable(text, lines.get(i));
      text.append("\r\n");
    }
    return text.toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  private static List<String> fold(List<String> lines, int width) {
    if (lines.size() == 1 && lines.get(0).length() <= width) {
      return lines;
    }
    List<String> folded = new ArrayList<>();
    for (String line : lines) {
      String rest = line;
      while (rest.length() > width) {
        int space = rest.lastIndexOf(' ', width);
        int end = space > 0 ? space : width;
        folded.add(rest.substring(0, end));
        rest = rest.substring(space > 0 ? end + 1 : end);
      }
      folded.add(rest);
    }
    return folded.subList(0, Math.min(folded.size(), MAX_LINES));
  }

  private static void appendPrintable(StringBuilder target, String line) {
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      target.append(c >= ' ' && c <= '~' ? c : '?');
    }
  }
}
