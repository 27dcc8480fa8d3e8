// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.server;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.stream.Collectors;
import org.smtpinflow.api.EnhancedStatusCode;
import org.smtpinflow.smtp.protocol.Reply;

/** Makes text from the network safe for one line of a log. */
final class LogText {

  private static final int MAX_LENGTH = 1000;

  private LogText() {}

  /**
   * Replaces every character that could begin a new line, move the cursor or reverse the direction
   * of the text with a Java escape, and truncates text that is too long.
   */
  static String escape(CharSequence text) {
    StringBuilder escaped = new StringBuilder(Math.min(text.length(), MAX_LENGTH) + 16);
    int end = Math.min(text.length(), MAX_LENGTH);
    for (int i = 0; i < end; i++) {
      append(text.charAt(i), escaped);
    }
    return end < text.length() ? escaped.append("...").toString() : escaped.toString();
  }

  /** Returns a numeric address and a port, such as {@code 192.0.2.1:25} or {@code [::1]:25}. */
  static String address(InetSocketAddress address) {
    String host = address.getAddress().getHostAddress();
    return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + address.getPort();
  }

  /** Returns the first line of a reply, not yet escaped. */
  static String reply(Reply reply) {
    String status = reply.status().map(EnhancedStatusCode::toString).orElse("");
    return (reply.code() + " " + status + " ").replace("  ", " ") + reply.lines().get(0);
  }

  /** Returns the first lines of replies, each only once, not yet escaped. */
  static String replies(List<Reply> replies) {
    return replies.stream().map(LogText::reply).distinct().collect(Collectors.joining("; "));
  }

  private static void append(char c, StringBuilder target) {
    switch (c) {
      case '\r' -> target.append("\\r");
      case '\n' -> target.append("\\n");
      case '\t' -> target.append("\\t");
      case '\\' -> target.append("\\\\");
      default -> {
        if (isPlain(c)) {
          target.append(c);
        } else {
          target.append(String.format("\\u%04x", (int) c));
        }
      }
    }
  }

  private static boolean isPlain(char c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED ->
          false;
      default -> true;
    };
  }
}
