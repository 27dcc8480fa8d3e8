// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.api;

import java.time.Duration;

/**
 * The SMTP server of a resource adapter, for applications and tools that run it: its administered
 * object (Jakarta Connectors 2.1, section 13.4.3), which is looked up in JNDI.
 *
 * <p>It can be used for as long as its resource adapter runs. Whoever keeps one for longer than a
 * redeployment of the adapter must look it up again. All methods can be called on any thread and at
 * any time, also inside a transaction, which they have no part in.
 */
public interface MailServer {

  /** What the server does with clients that connect. */
  enum State {

    /** No bean takes mail, so no port is open. */
    CLOSED,

    /** Clients are served. */
    OPEN,

    /** Ports are open, but clients hear 421 4.3.2 and come again later. */
    PAUSED
  }

  /**
   * Begins no more mail transactions until {@link #resume}. The ports stay open: new connections
   * are answered with 421 4.3.2, sessions without a mail transaction are ended with it, and the
   * others when their mail transaction has ended as it would have anyway. Returns at once. Stays in
   * force while beans come and go, but not for longer than the resource adapter runs.
   *
   * @throws MailServerStoppedException if the resource adapter has been stopped
   */
  void pause();

  /**
   * Serves clients again. Of no effect if the server is not paused.
   *
   * @throws MailServerStoppedException if the resource adapter has been stopped
   */
  void resume();

  /**
   * {@linkplain #pause Pauses}, and waits until no session is open and no message is being
   * delivered. Whatever the outcome, the server stays paused.
   *
   * @param patience how long to wait
   * @return whether nothing is under way any more
   * @throws MailServerStoppedException if the resource adapter has been stopped
   */
  boolean drain(Duration patience);

  /**
   * Returns what the server has done since its resource adapter was started, and what it is doing.
   *
   * @throws MailServerStoppedException if the resource adapter has been stopped
   */
  MailServerStatistics statistics();
}
