// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.api;

import java.time.Duration;

/**
 * The SMTP server of a resource adapter, for applications and tools that administer it. It is the
 * adapter's administered object (Jakarta Connectors 2.1, section 13.4.3) and is looked up in JNDI.
 *
 * <p>It can be used while its resource adapter runs. After the adapter has been redeployed, it must
 * be looked up again. All methods can be called at any time on any thread, even inside a
 * transaction; they do not take part in it.
 */
public interface MailServer {

  /** What the server does with clients that connect. */
  enum State {

    /** No bean takes mail, so no port is open. */
    CLOSED,

    /**
     * The ports could not be opened for a bean; {@link MailServerStatistics#problem} says why. The
     * next activation of a bean tries again.
     */
    FAILED,

    /** Clients are served. */
    OPEN,

    /** Ports are open, but clients get 421 4.3.2 and try again later. */
    PAUSED
  }

  /**
   * Begins no more mail transactions until {@link #resume}. The ports stay open: new connections
   * get 421 4.3.2, and so do sessions without a mail transaction, which then end. A session with an
   * open mail transaction ends after it has completed the transaction as usual. Returns at once.
   * The pause continues while beans are deployed and undeployed, and ends when the resource adapter
   * stops.
   *
   * @throws MailServerStoppedException if the resource adapter has been stopped
   */
  void pause();

  /**
   * Serves clients again. Has no effect if the server is not paused.
   *
   * @throws MailServerStoppedException if the resource adapter has been stopped
   */
  void resume();

  /**
   * {@linkplain #pause Pauses}, and waits until no session is open and no message is being
   * delivered. Whatever the outcome, the server stays paused.
   *
   * @param patience how long to wait
   * @return whether all sessions and deliveries ended in time
   * @throws MailServerStoppedException if the resource adapter has been stopped
   */
  boolean drain(Duration patience);

  /**
   * Returns the statistics of the server since the start of its resource adapter.
   *
   * @throws MailServerStoppedException if the resource adapter has been stopped
   */
  MailServerStatistics statistics();
}
