// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.sample.helpdesk.web;

import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/**
 * Says in the log where to send mail and where to look. Only whoever starts the server knows both,
 * and tells by the system properties {@code helpdesk.smtp}, a host and port, and {@code
 * helpdesk.page}, an address.
 */
@WebListener
public class ReadyNotice implements ServletContextListener {

  private static final Logger LOG = System.getLogger("org.smtpinflow.sample.helpdesk");

  @Override
  public void contextInitialized(ServletContextEvent event) {
    String page = System.getProperty("helpdesk.page", "");
    if (!page.isEmpty()) {
      LOG.log(
          Level.INFO,
          """
          The help desk is open.

              Send mail to  support@example.com  at  smtp://{0}
              Look at it on {1}
              End with Ctrl-C.
          """,
          System.getProperty("helpdesk.smtp", "localhost:2525"),
          page);
    }
  }
}
