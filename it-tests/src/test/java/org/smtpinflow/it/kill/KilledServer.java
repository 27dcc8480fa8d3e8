// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.it.kill;

import java.io.IOException;

/** A server with the sample in it. */
interface KilledServer extends AutoCloseable {

  /** Starts it as it is, and returns when its ports are open. */
  void start() throws IOException;

  /** Returns the port for SMTP. */
  int smtpPort();

  /** Kills its process: it can do no more. Returns when it is dead. */
  void kill();

  /** Returns the database, while the server is dead; reading it does not change it. */
  HelpDeskDatabase database() throws IOException;

  /** Leaves no process, whatever happened. */
  @Override
  void close();
}
