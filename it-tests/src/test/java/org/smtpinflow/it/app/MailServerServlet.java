// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.it.app;

import jakarta.annotation.Resource;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import org.smtpinflow.api.MailServer;

/** Does to the mail server what the query says, and answers with its figures. */
@WebServlet("/mail-server")
public class MailServerServlet extends HttpServlet {

  private static final long serialVersionUID = 1L;

  @Resource(lookup = "java:/mail/smtp")
  private transient MailServer server;

  /** Needed by the server. */
  public MailServerServlet() {}

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    switch (String.valueOf(request.getQueryString())) {
      case "pause" -> server.pause();
      case "resume" -> server.resume();
      case "drain" ->
          response.getWriter().println("drained " + server.drain(Duration.ofMinutes(1)));
      default -> {}
    }
    response.getWriter().println(server.statistics());
  }
}
