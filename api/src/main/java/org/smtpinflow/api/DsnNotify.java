// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.api;

/**
 * A condition under which a sender wants a delivery status notification (RFC 3461, section 4.1).
 */
public enum DsnNotify {
  /** Never, not even on failure. Excludes all other values. */
  NEVER,
  /** When the message was delivered. */
  SUCCESS,
  /** When it could not be delivered. */
  FAILURE,
  /** When its delivery takes longer than usual. */
  DELAY
}
