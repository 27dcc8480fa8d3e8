// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.api;

/** How much of a message a notification of its failure should return (RFC 3461, section 4.3). */
public enum DsnReturn {
  /** The whole message. */
  FULL,
  /** Its header only. */
  HDRS
}
