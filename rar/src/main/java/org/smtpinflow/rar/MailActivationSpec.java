// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.rar;

import jakarta.resource.ResourceException;
import jakarta.resource.spi.ActivationSpec;
import jakarta.resource.spi.InvalidPropertyException;
import jakarta.resource.spi.ResourceAdapter;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.smtpinflow.api.AddressSyntaxException;

/**
 * What the author of a bean decides: the activation configuration of a message-driven bean that
 * implements {@link org.smtpinflow.api.MailListener} (Jakarta Connectors 2.1, chapter 13).
 */
public class MailActivationSpec implements ActivationSpec {

  private static final int MAX_CONCURRENCY = 1000;

  private ResourceAdapter resourceAdapter;
  private String recipients = "";
  private Integer maxConcurrency = 8;

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
  public Integer getMaxConcurrency() {
    return maxConcurrency;
  }

  /**
   * Sets how many messages the bean takes at once, 1 to 1000; 8 if not set. More wait for their
   * turn. It should not be more than the instances in the server's pool for the bean.
   */
  public void setMaxConcurrency(Integer maxConcurrency) {
    if (maxConcurrency != null) {
      this.maxConcurrency = maxConcurrency;
    }
  }

  /** Returns the patterns of {@code recipients}. */
  List<RecipientPattern> patterns() throws InvalidPropertyException {
    List<RecipientPattern> patterns = new ArrayList<>();
    for (String entry : recipients.split(",", -1)) {
      String pattern = entry.strip();
      try {
        patterns.add(RecipientPattern.parse(pattern));
      } catch (AddressSyntaxException e) {
        throw new InvalidPropertyException(
            "recipients: '"
                + pattern
                + "' is not a recipient pattern ("
                + e.getMessage()
                + "); allowed are patterns such as support@example.com, support+*@example.com,"
                + " *@example.com, postmaster or *, separated by commas",
            e);
      }
    }
    return patterns;
  }

  /** {@inheritDoc} Some servers never call this, so the adapter does on activation. */
  @Override
  public void validate() throws InvalidPropertyException {
    patterns();
    if (maxConcurrency < 1 || maxConcurrency > MAX_CONCURRENCY) {
      throw new InvalidPropertyException(
          "maxConcurrency: " + maxConcurrency + " is not between 1 and " + MAX_CONCURRENCY);
    }
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
