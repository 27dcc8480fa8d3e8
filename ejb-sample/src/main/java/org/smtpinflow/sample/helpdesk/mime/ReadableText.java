// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.sample.helpdesk.mime;

/**
 * Makes texts from mail safe to store and show: without control characters, which some databases
 * refuse; without half surrogate pairs, which cannot be encoded; and bounded in length.
 */
public final class ReadableText {

  private static final String LINE_STRUCTURE = "\t\n\r\f";
  private static final int REPLACEMENT = 0xfffd;

  private ReadableText() {}

  /**
   * Makes one line: a run of white space becomes one space. Characters that reverse the direction
   * of writing are replaced, as they can make "gnp.exe" look like "exe.png".
   *
   * @param maxLength the length of the line at most
   */
  public static String line(String text, int maxLength) {
    String line = clean(text).replaceAll("[\\u202a-\\u202e\\u2066-\\u2069]", "\ufffd");
    return cut(line.strip().replaceAll("\\s+", " "), maxLength);
  }

  /** Makes lines that are separated by line feeds, whatever separated them before. */
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

  /** Shortens a text, but never within a surrogate pair. */
  static String cut(String text, int maxLength) {
    if (text.length() <= maxLength) {
      return text;
    }
    boolean inPair = maxLength > 0 && Character.isHighSurrogate(text.charAt(maxLength - 1));
    return text.substring(0, inPair ? maxLength - 1 : maxLength);
  }
}
