// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.sample.helpdesk;

/**
 * The event that something came in.
 *
 * @param kind what is new, or has grown
 * @param id its id
 */
public record DeskUpdate(Kind kind, long id) {

  /** What there is on the desk. */
  public enum Kind {
    /** A {@link Ticket}. */
    TICKET,
    /** A {@link PostmasterNote}. */
    NOTE
  }
}
