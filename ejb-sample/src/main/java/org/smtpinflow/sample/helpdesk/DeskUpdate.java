// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.sample.helpdesk;

/**
 * The event that something on the desk is new or has changed.
 *
 * @param kind what it is
 * @param id its id
 */
public record DeskUpdate(Kind kind, long id) {

  /** The kinds of things on the desk. */
  public enum Kind {
    /** A {@link Ticket}. */
    TICKET,
    /** A {@link PostmasterNote}. */
    NOTE
  }
}
