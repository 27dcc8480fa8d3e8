// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.protocol;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * Adds Date and Message-ID to the header of a message that is submitted, if they are missing (RFC
 * 6409, section 8). Every octet that the client sends is kept.
 *
 * <p>The fields are added at the end of the header, where it is known what is missing. Only the
 * beginning of a line that may be the name of a field is held back, so a header may have any
 * length. The header ends at the first line that is neither a field nor the continuation of one. In
 * a well-formed message this is the empty line. Content without a header gets one, and an empty
 * line after it.
 */
final class HeaderCompletion {

  /** RFC 5322, section 2.1.1: octets in a line, without its CRLF. */
  private static final int MAX_NAME = 998;

  private enum State {
    LINE_START,
    /** After a CR that began a line: the line may be the empty one. */
    CR,
    /** In text that may be the name of a field. */
    NAME,
    /** In white space between the name of a field and its colon (RFC 5322, section 4.5). */
    AFTER_NAME,
    /** In the rest of a line of the header. */
    LINE,
    /** After the header. */
    BODY
  }

  private final String date;
  private final String messageId;
  private final StringBuilder held = new StringBuilder();

  private State state = State.LINE_START;
  private boolean atFirstLine = true;
  private boolean hasField;
  private boolean hasDate;
  private boolean hasMessageId;

  /**
   * @param id the server's id of the message
   * @param receivedAt when the client began to send it
   */
  HeaderCompletion(String serverName, String id, Instant receivedAt) {
    this.date = "Date: " + TraceFields.date(receivedAt) + "\r\n";
    this.messageId = "Message-ID: <" + id + "@" + serverName + ">\r\n";
  }

  /**
   * Reads the octets of {@code run}, and returns what takes their place. If nothing changes, it
   * returns {@code run} itself and reads nothing.
   */
  ByteBuf complete(ByteBuf run) {
    if (state == State.BODY) {
      return run;
    }
    ByteBuf passedOn = Unpooled.buffer(run.readableBytes() + 256);
    while (run.isReadable() && state != State.BODY) {
      take(run.readByte(), passedOn);
    }
    return passedOn.writeBytes(run);
  }

  /** Ends the content; returns what is still missing at its end. */
  ByteBuf end() {
    ByteBuf passedOn = Unpooled.buffer(256);
    if (state == State.LINE && isIncomplete()) {
      append("\r\n", passedOn);
    }
    if (state != State.BODY) {
      endHeader(held.length() > 0, passedOn);
    }
    return passedOn;
  }

  private void take(byte octet, ByteBuf passedOn) {
    if (state == State.LINE) {
      passedOn.writeByte(octet);
      if (octet == '\n') {
        state = State.LINE_START;
      }
      return;
    }
    held.append((char) (octet & 0xff));
    switch (state) {
      case LINE_START -> beginLine(octet, passedOn);
      case CR -> endHeader(octet != '\n', passedOn);
      case NAME, AFTER_NAME -> continueName(octet, passedOn);
      default -> throw new IllegalStateException("header has ended");
    }
  }

  private void beginLine(byte octet, ByteBuf passedOn) {
    if (octet == '\r') {
      state = State.CR;
    } else if (octet == '\n') {
      endHeader(false, passedOn);
    } else if (isWhiteSpace(octet) && hasField) {
      passOnLine(passedOn);
    } else if (isNameCharacter(octet)) {
      state = State.NAME;
    } else {
      endHeader(true, passedOn);
    }
  }

  private void continueName(byte octet, ByteBuf passedOn) {
    if (octet == ':') {
      meetField(held.substring(0, held.length() - 1).strip());
      passOnLine(passedOn);
    } else if (held.length() <= MAX_NAME && isWhiteSpace(octet)) {
      state = State.AFTER_NAME;
    } else if (held.length() <= MAX_NAME && isNameCharacter(octet) && state == State.NAME) {
      return;
    } else if (atFirstLine && isMailboxSeparator()) {
      passOnLine(passedOn);
    } else {
      endHeader(true, passedOn);
    }
  }

  private void meetField(String name) {
    hasField = true;
    hasDate |= name.equalsIgnoreCase("Date");
    hasMessageId |= name.equalsIgnoreCase("Message-ID");
  }

  /** Returns whether the line was left by a program that took the message from an mbox file. */
  private boolean isMailboxSeparator() {
    String line = held.toString();
    return line.startsWith("From ") || line.startsWith(">From ");
  }

  private void passOnLine(ByteBuf passedOn) {
    passOnHeld(passedOn);
    atFirstLine = false;
    state = State.LINE;
    if (passedOn.getByte(passedOn.writerIndex() - 1) == '\n') {
      state = State.LINE_START;
    }
  }

  /**
   * @param textFollows whether a line of text ends the header, and not the empty line
   */
  private void endHeader(boolean textFollows, ByteBuf passedOn) {
    append(hasDate ? "" : date, passedOn);
    append(hasMessageId ? "" : messageId, passedOn);
    if (textFollows && !hasField) {
      append("\r\n", passedOn);
    }
    passOnHeld(passedOn);
    state = State.BODY;
  }

  private boolean isIncomplete() {
    return !hasDate || !hasMessageId;
  }

  private void passOnHeld(ByteBuf passedOn) {
    append(held.toString(), passedOn);
    held.setLength(0);
  }

  private static void append(String text, ByteBuf target) {
    target.writeCharSequence(text, StandardCharsets.ISO_8859_1);
  }

  private static boolean isWhiteSpace(byte octet) {
    return octet == ' ' || octet == '\t';
  }

  /** RFC 5322, section 2.2. */
  private static boolean isNameCharacter(byte octet) {
    return octet > ' ' && octet <= '~' && octet != ':';
  }
}
