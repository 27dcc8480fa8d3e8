// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.api;

/** The part of a message that a failure notification should return (RFC 3461, section 4.3). */
public enum DsnReturn {
  /** The whole message. */
  FULL,
  /** Only its header. */
  HDRS
}
