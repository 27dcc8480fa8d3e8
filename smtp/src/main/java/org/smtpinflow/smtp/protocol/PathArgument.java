// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.protocol;

import static org.smtpinflow.smtp.protocol.CommandRefusedException.refuse;

import io.netty.buffer.ByteBufUtil;
import org.smtpinflow.api.AddressSyntaxException;
import org.smtpinflow.api.Domain;
import org.smtpinflow.api.ForwardPath;
import org.smtpinflow.api.Mailbox;
import org.smtpinflow.api.ReversePath;

/**
 * The parts of the argument of MAIL or RCPT (RFC 5321, section 4.1.1): {@code FROM:} or {@code
 * TO:}, a path in angle brackets, and parameters.
 *
 * @param path the text between the angle brackets
 * @param parameters the text after them
 */
record PathArgument(String path, String parameters) {

  /** RFC 5321, section 4.5.3.1.3: the octets of a path, its brackets included. */
  private static final int MAX_PATH = 256;

  /**
   * Parses the argument. Spaces after the colon are accepted: RFC 5321, section 3.3, does not allow
   * them, but clients send them.
   *
   * @param prefix {@code FROM:} or {@code TO:}
   */
  static PathArgument parse(String argument, String prefix) throws CommandRefusedException {
    if (!argument.regionMatches(true, 0, prefix, 0, prefix.length())) {
      throw refuse("The command needs " + prefix + "<address>");
    }
    String text = argument.substring(prefix.length()).trim();
    if (!text.startsWith("<")) {
      throw refuse("The address must be in angle brackets");
    }
    int end = endOfPath(text);
    if (end < 0) {
      throw refuse("The address has no closing angle bracket");
    }
    String parameters = text.substring(end + 1);
    if (!parameters.isEmpty() && parameters.charAt(0) != ' ') {
      throw refuse("A space must follow the closing angle bracket");
    }
    return new PathArgument(text.substring(1, end), parameters);
  }

  /** Returns the index of the closing bracket, which is not in a quoted string; -1 if none is. */
  private static int endOfPath(String text) {
    boolean quoted = false;
    for (int i = 1; i < text.length(); i++) {
      char c = text.charAt(i);
      if (quoted && c == '\\') {
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (c == '>' && !quoted) {
        return i;
      }
    }
    return -1;
  }

  /** Parses the path as the reverse-path of MAIL. */
  ReversePath reversePath(boolean smtpUtf8) throws CommandRefusedException {
    if (path.isEmpty()) {
      return ReversePath.NULL;
    }
    try {
      Mailbox mailbox = mailbox();
      if (mailbox.needsSmtpUtf8() && !smtpUtf8) {
        throw new CommandRefusedException(Replies.NON_ASCII_SENDER);
      }
      return ReversePath.of(mailbox);
    } catch (AddressSyntaxException e) {
      throw new CommandRefusedException(Replies.badSender(e.getMessage()));
    }
  }

  /** Parses the path as the forward-path of RCPT. */
  ForwardPath forwardPath(boolean smtpUtf8) throws CommandRefusedException {
    if (path.equalsIgnoreCase("Postmaster")) {
      return ForwardPath.POSTMASTER;
    }
    try {
      Mailbox mailbox = mailbox();
      if (mailbox.needsSmtpUtf8() && !smtpUtf8) {
        throw new CommandRefusedException(Replies.NON_ASCII_RECIPIENT);
      }
      return ForwardPath.of(mailbox);
    } catch (AddressSyntaxException e) {
      throw new CommandRefusedException(Replies.badRecipient(e.getMessage()));
    }
  }

  private Mailbox mailbox() {
    if (ByteBufUtil.utf8Bytes(path) > MAX_PATH - 2) {
      throw new AddressSyntaxException("path is longer than " + MAX_PATH + " octets");
    }
    return Mailbox.parse(path.startsWith("@") ? withoutSourceRoute(path) : path);
  }

  /**
   * Drops a source route, {@code @one.example,@two.example:}, which servers must accept but should
   * not follow (RFC 5321, section 3.6.1 and appendix C).
   */
  private static String withoutSourceRoute(String path) {
    int colon = path.indexOf(':');
    if (colon < 0) {
      throw new AddressSyntaxException("source route has no ':' at its end");
    }
    for (String hop : path.substring(0, colon).split(",", -1)) {
      if (!hop.startsWith("@")) {
        throw new AddressSyntaxException("source route has a hop without '@'");
      }
      Domain.parse(hop.substring(1));
    }
    return path.substring(colon + 1);
  }
}
