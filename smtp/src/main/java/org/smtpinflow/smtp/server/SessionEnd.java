// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.server;

/** A user event in a session's pipeline: the server wants the session to end. */
enum SessionEnd {
  /** As soon as no mail transaction is open. */
  DRAIN,
  /** Now. */
  SHUT_DOWN
}
