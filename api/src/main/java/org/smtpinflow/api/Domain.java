// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.api;

import java.net.IDN;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The part of a mailbox after the {@code @}: a domain name, which may be internationalized, or an
 * address literal (RFC 5321, sections 4.1.2 and 4.1.3; RFC 6531, section 3.3).
 *
 * <p>Domains are equal if their {@link #ascii()} forms are equal. Case makes no difference, and a
 * label in Unicode equals its A-label ({@code xn--}). Address literals are compared as text.
 *
 * <p>A Unicode label with a sharp s, a final sigma or a joiner (the deviations of UTS 46, section
 * 2.3) is refused: the JDK implements IDNA 2003, which maps it to a different label. Its A-label is
 * accepted.
 */
public final class Domain {

  private static final int MAX_OCTETS = 255;
  private static final int MAX_LABEL_OCTETS = 63;
  private static final int IDNA = IDN.ALLOW_UNASSIGNED | IDN.USE_STD3_ASCII_RULES;

  /** Snum is decimal even if it has leading zeros (RFC 5321, section 4.1.3). */
  private static final String SNUM = "(?:25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9])";

  private static final String SNUMS = SNUM + "(?:\\." + SNUM + "){3}";
  private static final Pattern IPV4 = Pattern.compile(SNUMS);

  /**
   * The elements of an IPv6-addr. The JDK checks their number and the position of {@code ::}, but
   * would also accept groups and numbers of any length, and zone ids.
   */
  private static final Pattern IPV6 =
      Pattern.compile("(?:[0-9a-fA-F]{0,4}:){2,8}(?:[0-9a-fA-F]{0,4}|" + SNUMS + ")");

  private static final Pattern GENERAL_LITERAL =
      Pattern.compile("[A-Za-z0-9-]*[A-Za-z0-9]:[!-Z^-~]+");

  private final String text;
  private final String ascii;
  private final Optional<InetAddress> address;

  private Domain(String text, String ascii, Optional<InetAddress> address) {
    this.text = text;
    this.ascii = ascii;
    this.address = address;
  }

  /**
   * Parses a domain name or an address literal in square brackets. Does not use the DNS.
   *
   * @throws AddressSyntaxException if the text is neither
   */
  public static Domain parse(String text) {
    if (text.getBytes(StandardCharsets.UTF_8).length > MAX_OCTETS) {
      throw new AddressSyntaxException("domain is longer than " + MAX_OCTETS + " octets");
    }
    return text.startsWith("[") ? parseLiteral(text) : parseName(text);
  }

  private static Domain parseName(String text) {
    String ascii = toAscii(text);
    if (ascii.length() > MAX_OCTETS) {
      throw new AddressSyntaxException(
          "domain is longer than " + MAX_OCTETS + " octets as A-labels");
    }
    int start = 0;
    for (int dot = ascii.indexOf('.'); dot >= 0; dot = ascii.indexOf('.', start)) {
      checkLabel(ascii, start, dot);
      start = dot + 1;
    }
    checkLabel(ascii, start, ascii.length());
    return new Domain(text, ascii, Optional.empty());
  }

  /** Checks a sub-domain of the ASCII form (RFC 5321, section 4.1.2). */
  private static void checkLabel(String ascii, int start, int end) {
    if (start == end) {
      throw new AddressSyntaxException("domain has an empty label");
    }
    if (end - start > MAX_LABEL_OCTETS) {
      throw new AddressSyntaxException(
          "domain has a label longer than " + MAX_LABEL_OCTETS + " octets");
    }
    if (ascii.charAt(start) == '-' || ascii.charAt(end - 1) == '-') {
      throw new AddressSyntaxException("domain has a label that begins or ends with '-'");
    }
    for (int i = start; i < end; i++) {
      if (!isLabelCharacter(ascii.charAt(i))) {
        throw new AddressSyntaxException("domain has a character other than letter, digit and '-'");
      }
    }
  }

  /**
   * The RFC's grammar does not allow the underscore, but hosts with an underscore in their names do
   * send mail.
   */
  private static boolean isLabelCharacter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
  }

  private static String toAscii(String text) {
    if (isAscii(text)) {
      return text.toLowerCase(Locale.ROOT);
    }
    return Arrays.stream(text.split("\\.", -1))
        .map(label -> isAscii(label) ? label.toLowerCase(Locale.ROOT) : toALabel(label))
        .collect(Collectors.joining("."));
  }

  /**
   * Converts a U-label. Except for case and composition, a U-label must be equal to the label that
   * its A-label converts back to (RFC 5890, section 2.3.2.1). Without this check the JDK would also
   * map other kinds of dot, invisible characters, and characters that differ between IDNA 2003 and
   * IDNA 2008. The text would then name one domain and its ASCII form another.
   */
  private static String toALabel(String label) {
    String uLabel = Normalizer.normalize(label.toLowerCase(Locale.ROOT), Normalizer.Form.NFC);
    try {
      String aLabel = IDN.toASCII(uLabel, IDNA);
      if (!isAscii(uLabel) && IDN.toUnicode(aLabel, IDNA).equals(uLabel)) {
        return aLabel;
      }
    } catch (IllegalArgumentException e) {
      // Reported below.
    }
    throw new AddressSyntaxException("domain has a label that is neither ASCII nor a U-label");
  }

  static boolean isAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= 0x80) {
        return false;
      }
    }
    return true;
  }

  private static Domain parseLiteral(String text) {
    if (!text.endsWith("]")) {
      throw new AddressSyntaxException("address literal has no closing ']'");
    }
    String inner = text.substring(1, text.length() - 1);
    String ascii = text.toLowerCase(Locale.ROOT);
    if (IPV4.matcher(inner).matches()) {
      return new Domain(text, ascii, Optional.of(ipv4(inner)));
    }
    if (inner.regionMatches(true, 0, "IPv6:", 0, 5)) {
      return new Domain(text, ascii, Optional.of(ipv6(inner.substring(5))));
    }
    if (IPV6.matcher(inner).matches()) {
      // The grammar of a general literal allows this, but no such tag is registered.
      throw new AddressSyntaxException("address literal has an IPv6 address without 'IPv6:'");
    }
    if (GENERAL_LITERAL.matcher(inner).matches()) {
      return new Domain(text, ascii, Optional.empty());
    }
    throw new AddressSyntaxException("address literal is not IPv4, 'IPv6:' or 'tag:content'");
  }

  private static InetAddress ipv4(String text) {
    String[] parts = text.split("\\.", -1);
    byte[] octets = new byte[4];
    for (int i = 0; i < octets.length; i++) {
      octets[i] = (byte) Integer.parseInt(parts[i]);
    }
    try {
      return Inet4Address.getByAddress(octets);
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The JDK never resolves a text that is in brackets and contains a colon. */
  private static InetAddress ipv6(String text) {
    if (IPV6.matcher(text).matches()) {
      try {
        return Inet6Address.getByName("[" + text + "]");
      } catch (UnknownHostException e) {
        // Reported below.
      }
    }
    throw new AddressSyntaxException("address literal has an IPv6 address that is not valid");
  }

  /** Returns the domain as written. */
  public String text() {
    return text;
  }

  /** Returns the domain in lower case, with every internationalized label as an A-label. */
  public String ascii() {
    return ascii;
  }

  /** Returns whether this is an address literal. */
  public boolean isLiteral() {
    return text.startsWith("[");
  }

  /** Returns the address of an IPv4 or IPv6 literal. */
  public Optional<InetAddress> address() {
    return address;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Domain domain && ascii.equals(domain.ascii);
  }

  @Override
  public int hashCode() {
    return ascii.hashCode();
  }

  /** Returns {@link #text()}. */
  @Override
  public String toString() {
    return text;
  }
}
