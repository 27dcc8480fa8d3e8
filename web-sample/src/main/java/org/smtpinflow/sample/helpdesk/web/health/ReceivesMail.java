// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.sample.helpdesk.web.health;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.Set;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;
import org.smtpinflow.api.MailServer;
import org.smtpinflow.api.MailServerStatistics;
import org.smtpinflow.api.MailServerStoppedException;

/**
 * Whether the desk can receive mail: DOWN if the adapter has no port open, for instance because
 * another process has the port. A paused SMTP server is UP, as an administrator paused it.
 *
 * <p>The check asks the adapter's administered object. The system property {@value #PROPERTY} is
 * its JNDI name, by default {@value #DEFAULT_NAME}, which WildFly binds. Without the property, and
 * with nothing bound to the default name, the state is unknown and the check is UP.
 */
@Readiness
@ApplicationScoped
public class ReceivesMail implements HealthCheck {

  static final String PROPERTY = "helpdesk.mailServer";
  static final String DEFAULT_NAME = "java:/mail/smtp-inflow";

  private static final String NAME = "helpdesk receives mail";
  private static final String STATE = "state";
  private static final Set<MailServer.State> READY =
      Set.of(MailServer.State.OPEN, MailServer.State.PAUSED);

  @Override
  public HealthCheckResponse call() {
    HealthCheckResponseBuilder response = HealthCheckResponse.named(NAME);
    Optional<String> configured = Optional.ofNullable(System.getProperty(PROPERTY));
    String jndiName = configured.orElse(DEFAULT_NAME);
    try {
      return of(lookUp(jndiName).statistics());
    } catch (NamingException | ClassCastException e) {
      return response
          .status(configured.isEmpty())
          .withData(STATE, "unknown: there is no MailServer " + jndiName)
          .build();
    } catch (MailServerStoppedException e) {
      return response.down().withData(STATE, "the resource adapter was stopped").build();
    }
  }

  /** The name is the administrator's. */
  @SuppressWarnings("BanJNDI")
  private static MailServer lookUp(String jndiName) throws NamingException {
    return InitialContext.doLookup(jndiName);
  }

  static HealthCheckResponse of(MailServerStatistics statistics) {
    return HealthCheckResponse.named(NAME)
        .status(READY.contains(statistics.state()))
        .withData(STATE, statistics.state().name())
        .withData("beans", statistics.beans())
        .withData("ports", statistics.listeners().size())
        .build();
  }
}
