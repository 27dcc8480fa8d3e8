// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.rar.inflow;

import java.util.List;

/** The state of an adapter's mail server in JMX. Public because JMX demands it. */
public interface MailServerMXBean {

  /** Returns the name of the {@link org.smtpinflow.api.MailServer.State}. */
  String getState();

  /** Returns why the ports could not be opened; empty unless the state is {@code FAILED}. */
  String getProblem();

  /** Returns the open ports, such as {@code smtp 127.0.0.1:2525}. */
  List<String> getListeners();

  /** Returns how many message-driven beans take mail. */
  int getBeans();

  /** Returns how many sessions are open. */
  long getSessionsOpen();
}
