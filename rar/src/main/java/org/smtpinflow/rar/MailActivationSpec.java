// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.rar;

import jakarta.resource.ResourceException;
import jakarta.resource.spi.ActivationSpec;
import jakarta.resource.spi.InvalidPropertyException;
import jakarta.resource.spi.ResourceAdapter;
import java.util.Objects;
import org.smtpinflow.rar.settings.EndpointSettings;
import org.smtpinflow.rar.settings.ListenerName;
import org.smtpinflow.rar.settings.RecipientPattern;

/**
 * What the author of a bean decides: the activation configuration of a message-driven bean that
 * implements {@link org.smtpinflow.api.MailListener} (Jakarta Connectors 2.1, chapter 13).
 */
public class MailActivationSpec implements ActivationSpec {

  private ResourceAdapter resourceAdapter;
  private String recipients = "";
  private String maxConcurrency = "8";
  private String listeners = ListenerName.ALL;
  private String tlsRequired = "false";
  private String authenticationRequired = "false";

  /** Needed by the server. */
  public MailActivationSpec() {}

  /** Returns the recipients that the bean takes: patterns, separated by commas. */
  public String getRecipients() {
    return recipients;
  }

  /** Sets the recipients that the bean takes; see {@link RecipientPattern}. There is no default. */
  public void setRecipients(String recipients) {
    this.recipients = Objects.requireNonNullElse(recipients, "");
  }

  /** Returns how many messages the bean takes at once. */
  public String getMaxConcurrency() {
    return maxConcurrency;
  }

  /**
   * Sets how many messages the bean takes at once, 1 to 1000; 8 if not set. More wait for their
   * turn. It should not be more than the instances in the server's pool for the bean.
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
   * of them with spaces or commas between; all if not set.
   */
  public void setListeners(String listeners) {
    this.listeners = Objects.requireNonNullElse(listeners, this.listeners);
  }

  /** Returns whether the bean takes mail through TLS alone. */
  public String getTlsRequired() {
    return tlsRequired;
  }

  /** Sets whether the bean takes mail through TLS alone; false if not set. */
  public void setTlsRequired(String tlsRequired) {
    this.tlsRequired = Objects.requireNonNullElse(tlsRequired, this.tlsRequired);
  }

  /** Returns whether the bean takes mail from authenticated clients alone. */
  public String getAuthenticationRequired() {
    return authenticationRequired;
  }

  /** Sets whether the bean takes mail from authenticated clients alone; false if not set. */
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

  /** {@inheritDoc} Some servers never call this, so the adapter does on activation. */
  @Override
  public void validate() throws InvalidPropertyException {
    EndpointSettings unused = settings();
  }

  /** {@inheritDoc} Null before the server has set it. */
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
