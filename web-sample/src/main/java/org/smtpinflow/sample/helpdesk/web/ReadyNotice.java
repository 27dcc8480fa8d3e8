// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.sample.helpdesk.web;

import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/**
 * Says in the log where to send mail and where to look. Only whoever starts the server knows the
 * address of the page, and tells by the system property {@code helpdesk.page}; without it nothing
 * is said. The ports are those of the adapter's system properties.
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

              Send mail to  support@example.com  at  smtp://localhost:{0}  (LMTP at port {1})
              Look at it on {2}
              Answer ticket 1 as the agent demo, through TLS  (or smtp:// with STARTTLS at port {4}):
                curl --insecure --user demo:demo smtps://localhost:{3} --mail-from demo@example.com --mail-rcpt support+1@example.com --upload-file answer.eml
              End with Ctrl-C.
          """,
          port("smtpPort", "2525"),
          port("lmtpPort", "closed"),
          page,
          port("submissionsPort", "closed"),
          port("submissionPort", "closed"));
    }
  }

  /** Returns the port of a listener of the adapter, as the server was started with. */
  static String port(String listener, String otherwise) {
    return System.getProperty("smtp-inflow." + listener, otherwise);
  }
}
