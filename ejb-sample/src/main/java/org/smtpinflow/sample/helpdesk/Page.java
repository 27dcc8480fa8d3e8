// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.sample.helpdesk;

import java.util.List;

/**
 * A page of a list: as many entries as were asked for, or fewer, so that the page stays small.
 *
 * <p>A text can have 262,144 characters, and so can a list of recipients. A hundred of them would
 * take tens of megabytes of heap for one request. So a page has at most {@value #MAX_CHARACTERS}
 * characters, but always an entry if there is one.
 *
 * @param entries the entries, in order
 * @param more whether the list continues after them
 */
public record Page<T>(List<T> entries, boolean more) {

  /** The maximum number of characters of all entries of a page, without those of short fields. */
  static final int MAX_CHARACTERS = 1024 * 1024;

  /** Copies the list. */
  public Page {
    entries = List.copyOf(entries);
  }

  /**
   * Returns how many entries fit into a page.
   *
   * @param characters the characters of each entry, in order
   */
  static int fitting(List<Long> characters) {
    long sum = 0;
    for (int count = 0; count < characters.size(); count++) {
      sum += characters.get(count);
      if (sum > MAX_CHARACTERS) {
        return Math.max(1, count);
      }
    }
    return characters.size();
  }
}
