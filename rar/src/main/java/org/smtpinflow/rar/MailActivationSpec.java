// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.rar;

import jakarta.resource.ResourceException;
import jakarta.resource.spi.ActivationSpec;
import jakarta.resource.spi.InvalidPropertyException;
import jakarta.resource.spi.ResourceAdapter;
import java.util.Objects;
import org.smtpinflow.rar.container.WildFlyContainer;
import org.smtpinflow.rar.settings.EndpointSettings;
import org.smtpinflow.rar.settings.ListenerName;
import org.smtpinflow.rar.settings.RecipientPattern;

/**
 * The activation configuration of a message-driven bean, written by the author of the bean. The
 * bean implements {@link org.smtpinflow.api.MailListener} (Jakarta Connectors 2.1, chapter 13).
 */
public class MailActivationSpec implements ActivationSpec {

  private ResourceAdapter resourceAdapter;
  private String recipients = "";
  private String maxConcurrency = "8";
  private String listeners = ListenerName.ALL;
  private String tlsRequired = "false";
  private String authenticationRequired = "false";

  /** Makes a spec with the default values. The container needs this constructor. */
  public MailActivationSpec() {}

  /** Returns the patterns of the recipients that the bean takes, separated by commas. */
  public String getRecipients() {
    return recipients;
  }

  /** Sets the recipients that the bean takes; see {@link RecipientPattern}. There is no default. */
  public void setRecipients(String recipients) {
    this.recipients = Objects.requireNonNullElse(recipients, "");
  }

  /** Returns how many messages the bean takes at the same time. */
  public String getMaxConcurrency() {
    return maxConcurrency;
  }

  /**
   * Sets how many messages the bean takes at the same time, from 1 to 1000; the default is 8.
   * Further messages wait. The container's pool for the bean should have at least as many
   * instances.
   */
  public void setMaxConcurrency(String maxConcurrency) {
    this.maxConcurrency = Objects.requireNonNullElse(maxConcurrency, this.maxConcurrency);
  }

  /** Returns the listeners whose mail the bean takes. */
  public String getListeners() {
    return listeners;
  }

  /**
   * Sets the listeners whose mail the bean takes: smtp, submission, submissions, lmtp, or several
   * of them, separated by spaces or commas; the default is all.
   */
  public void setListeners(String listeners) {
    this.listeners = Objects.requireNonNullElse(listeners, this.listeners);
  }

  /** Returns whether the bean takes mail only through TLS. */
  public String getTlsRequired() {
    return tlsRequired;
  }

  /** Sets whether the bean takes mail only through TLS; the default is false. */
  public void setTlsRequired(String tlsRequired) {
    this.tlsRequired = Objects.requireNonNullElse(tlsRequired, this.tlsRequired);
  }

  /** Returns whether the bean takes mail only from authenticated clients. */
  public String getAuthenticationRequired() {
    return authenticationRequired;
  }

  /** Sets whether the bean takes mail only from authenticated clients; the default is false. */
  public void setAuthenticationRequired(String authenticationRequired) {
    this.authenticationRequired =
        Objects.requireNonNullElse(authenticationRequired, this.authenticationRequired);
  }

  /**
   * Returns the checked values of the properties.
   *
   * @throws InvalidPropertyException if a value is not valid
   */
  EndpointSettings settings() throws InvalidPropertyException {
    return EndpointSettings.of(
        recipients, listeners, maxConcurrency, tlsRequired, authenticationRequired);
  }

  /**
   * {@inheritDoc} Some containers never call this, so the adapter checks the values again at the
   * activation. While WildFly resumes, this method accepts every value: an exception would stop
   * WildFly for all applications, and the activation logs invalid values.
   */
  @Override
  public void validate() throws InvalidPropertyException {
    if (!WildFlyContainer.resumes()) {
      EndpointSettings unused = settings();
    }
  }

  /** {@inheritDoc} Null until the container has set it. */
  @Override
  public ResourceAdapter getResourceAdapter() {
    return resourceAdapter;
  }

  @Override
  public void setResourceAdapter(ResourceAdapter resourceAdapter) throws ResourceException {
    if (this.resourceAdapter != null && this.resourceAdapter != resourceAdapter) {
      // Jakarta Connectors 2.1, chapter 5: the association is made once.
      throw new jakarta.resource.spi.IllegalStateException(
          "the activation spec already belongs to another resource adapter");
    }
    this.resourceAdapter = resourceAdapter;
  }
}
