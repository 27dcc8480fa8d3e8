// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.rar.settings;

import jakarta.resource.spi.InvalidPropertyException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.smtpinflow.api.AddressSyntaxException;

/**
 * The checked activation properties of a bean.
 *
 * @param recipients the recipients that the bean takes; at least one pattern
 * @param listeners the names of the listeners whose mail the bean takes; at least one
 * @param maxConcurrency how many messages the bean takes at the same time, 1 to 1000
 * @param tlsRequired whether the bean takes mail only through TLS
 * @param authenticationRequired whether the bean takes mail only from authenticated clients
 */
public record EndpointSettings(
    List<RecipientPattern> recipients,
    Set<String> listeners,
    int maxConcurrency,
    boolean tlsRequired,
    boolean authenticationRequired) {

  private static final int MAX_CONCURRENCY = 1000;

  private static final String EXAMPLES =
      "support@example.com, support+*@example.com, *@example.com, postmaster or *";

  /** Copies the collections. */
  public EndpointSettings {
    recipients = List.copyOf(recipients);
    listeners = Set.copyOf(listeners);
  }

  /**
   * Checks the values of the activation properties of the same names.
   *
   * @throws InvalidPropertyException if a value is not valid; the message names the property, the
   *     value and what is allowed
   */
  public static EndpointSettings of(
      String recipients,
      String listeners,
      String maxConcurrency,
      String tlsRequired,
      String authenticationRequired)
      throws InvalidPropertyException {
    return new EndpointSettings(
        patterns(recipients),
        listenerNames(listeners),
        PropertyValues.between("maxConcurrency", maxConcurrency, 1, MAX_CONCURRENCY),
        PropertyValues.flag("tlsRequired", tlsRequired),
        PropertyValues.flag("authenticationRequired", authenticationRequired));
  }

  private static Set<String> listenerNames(String listeners) throws InvalidPropertyException {
    Set<String> names = new LinkedHashSet<>();
    for (String entry : listeners.strip().split("[\\s,]+", -1)) {
      names.add(ListenerName.parse(entry).text());
    }
    return names;
  }

  private static List<RecipientPattern> patterns(String recipients)
      throws InvalidPropertyException {
    if (recipients.isBlank()) {
      throw new InvalidPropertyException(
          "recipients is not set: give the bean patterns such as "
              + EXAMPLES
              + "; if it has them, check the spelling of the property's name");
    }
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
                + "); allowed are patterns such as "
                + EXAMPLES
                + ", separated by commas",
            e);
      }
    }
    return patterns;
  }
}
