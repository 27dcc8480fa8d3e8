// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.api;

import java.net.IDN;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The part of a mailbox after the {@code @}: a domain name, perhaps internationalized, or an
 * address literal (RFC 5321, sections 4.1.2 and 4.1.3; RFC 6531, section 3.3).
 *
 * <p>Domains are equal if their {@link #ascii()} forms are: case makes no difference, nor does it
 * matter whether a label is written in Unicode or as an A-label ({@code xn--}).
 */
public final class Domain {

  private static final int MAX_OCTETS = 255;

  /**
   * A label of the ASCII form. The underscore is not in the RFC's grammar, but hosts that have one
   * in their name do send mail.
   */
  private static final Pattern LABEL = Pattern.compile("[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?");

  private static final Pattern IPV4 =
      Pattern.compile("(25[0-5]|2[0-4]\\d|1?\\d?\\d)(\\.(25[0-5]|2[0-4]\\d|1?\\d?\\d)){3}");
  private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F:.]{2,45}");
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
   * Parses a domain name or an address literal in square brackets. Nothing is looked up.
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
      throw new AddressSyntaxException("domain is longer than " + MAX_OCTETS + " octets");
    }
    for (String label : ascii.split("\\.", -1)) {
      if (!LABEL.matcher(label).matches()) {
        throw new AddressSyntaxException(
            "domain has a label that is empty, longer than 63 octets, begins or ends with '-', or"
                + " has a character that is not allowed");
      }
    }
    return new Domain(text, ascii, Optional.empty());
  }

  private static String toAscii(String text) {
    if (text.chars().allMatch(c -> c < 0x80)) {
      return text.toLowerCase(Locale.ROOT);
    }
    try {
      return IDN.toASCII(text, IDN.ALLOW_UNASSIGNED).toLowerCase(Locale.ROOT);
    } catch (IllegalArgumentException e) {
      throw new AddressSyntaxException("domain has a label that is not valid in IDNA");
    }
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

  /** The JDK never looks a text up that has a colon in it and is in brackets. */
  private static InetAddress ipv6(String text) {
    if (IPV6.matcher(text).matches() && text.indexOf(':') >= 0) {
      try {
        return Inet6Address.getByName("[" + text + "]");
      } catch (UnknownHostException e) {
        // Reported below.
      }
    }
    throw new AddressSyntaxException("address literal has an IPv6 address that is not valid");
  }

  /** Returns the domain as it was written. */
  public String text() {
    return text;
  }

  /** Returns the domain in lower case, with every internationalized label as an A-label. */
  public String ascii() {
    return ascii;
  }

  /** Says whether this is an address literal. */
  public boolean isLiteral() {
    return text.startsWith("[");
  }

  /** Returns the address that an IPv4 or IPv6 literal names. */
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
