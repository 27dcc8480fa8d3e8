// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.it.admin;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.smtpinflow.it.environment.PortOffset;

/** Free ports that stand for those in the scripts and files of the pages for administrators. */
public final class AdministeredPorts {

  /**
   * The port that the adapter has first, and the one that it is changed to; those that Open Liberty
   * and TomEE have of their own.
   */
  private static final Pattern NAMED = Pattern.compile("\\b(?:2525|2600|9080|9443|8080|8005)\\b");

  private final Map<Integer, Integer> ports = new HashMap<>();

  /** Returns the one that stands for a port. */
  public int of(int named) {
    return ports.computeIfAbsent(named, none -> PortOffset.findOne());
  }

  /**
   * Puts them into a script or file as it is on the page: later there may be other numbers in it.
   */
  public String putInto(String text) {
    // In one go: one of them may have the digits of another port that they stand for.
    return NAMED
        .matcher(text)
        .replaceAll(named -> String.valueOf(of(Integer.parseInt(named.group()))));
  }
}
