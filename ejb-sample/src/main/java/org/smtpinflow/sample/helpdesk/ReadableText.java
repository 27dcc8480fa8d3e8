// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.sample.helpdesk;

/**
 * Makes text out of a mail fit to be stored and shown: no control characters, which some databases
 * refuse; no half surrogate pairs, which cannot be encoded; no more than asked for.
 */
final class ReadableText {

  private static final String LINE_STRUCTURE = "\t\n\r\f";
  private static final int REPLACEMENT = 0xfffd;

  private ReadableText() {}

  /**
   * Makes a single line: a run of white space becomes a space. Without characters that reverse the
   * direction of writing, by which "gnp.exe" can be made to look like "exe.png".
   */
  static String line(String text, int maxLength) {
    String line = clean(text).replaceAll("[\\u202a-\\u202e\\u2066-\\u2069]", "\ufffd");
    return cut(line.strip().replaceAll("\\s+", " "), maxLength);
  }

  /** Makes lines with line feeds between them, whatever ended them before. */
  static String lines(String text, int maxLength) {
    return cut(clean(text).replaceAll("\\R", "\n").strip(), maxLength);
  }

  private static String clean(String text) {
    StringBuilder clean = new StringBuilder(text.length());
    text.codePoints().map(c -> isReadable(c) ? c : REPLACEMENT).forEach(clean::appendCodePoint);
    return clean.toString();
  }

  private static boolean isReadable(int c) {
    return LINE_STRUCTURE.indexOf(c) >= 0
        || (!Character.isISOControl(c) && Character.getType(c) != Character.SURROGATE);
  }

  /** Cuts between characters, never within a surrogate pair. */
  static String cut(String text, int maxLength) {
    if (text.length() <= maxLength) {
      return text;
    }
    boolean inPair = maxLength > 0 && Character.isHighSurrogate(text.charAt(maxLength - 1));
    return text.substring(0, inPair ? maxLength - 1 : maxLength);
  }
}
