// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.sample.helpdesk.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Answers only requests under a name of the desk: see {@link AllowedHosts}. The system property
 * {@value #PROPERTY} adds names, separated by commas.
 */
@WebFilter(urlPatterns = "/*", asyncSupported = true)
public class HostCheck extends HttpFilter {

  static final String PROPERTY = "helpdesk.hosts";

  private static final long serialVersionUID = 1L;

  private static final Logger LOG = System.getLogger(HostCheck.class.getName());

  /** Misdirected Request (RFC 9110, section 15.5.20). */
  private static final int MISDIRECTED = 421;

  private final transient AllowedHosts hosts = new AllowedHosts(System.getProperty(PROPERTY, ""));
  private final AtomicBoolean logged = new AtomicBoolean();

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    String host = Objects.requireNonNullElse(request.getHeader("Host"), "");
    if (hosts.allows(host)) {
      chain.doFilter(request, response);
      return;
    }
    // Logged only once: a client that sends such requests must not be able to fill the log.
    if (!logged.getAndSet(true)) {
      LOG.log(
          Level.WARNING,
          "A request for the host {0} was refused. If this is a name of the help desk, add it to the"
              + " system property {1}. Further refusals are not logged",
          host.replaceAll("[^!-~]", "?"),
          PROPERTY);
    }
    response.sendError(MISDIRECTED, "The help desk is not reached by this name; see " + PROPERTY);
  }
}
