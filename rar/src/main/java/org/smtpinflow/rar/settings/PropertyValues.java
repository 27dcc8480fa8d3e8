// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.rar.settings;

import jakarta.resource.spi.InvalidPropertyException;
import java.time.Duration;
import java.util.Locale;

/**
 * Parses the values of properties. The message of an exception names the property, the value and
 * what is allowed.
 */
final class PropertyValues {

  private PropertyValues() {}

  /** Returns a whole number of a range. */
  static int between(String name, String value, int min, int max) throws InvalidPropertyException {
    String allowed = "between " + min + " and " + max;
    long number = number(name, value, allowed);
    if (number < min || number > max) {
      throw new InvalidPropertyException(name + ": " + number + " is not " + allowed);
    }
    return (int) number;
  }

  /** Returns a whole number with only a lower bound. */
  static long atLeast(String name, String value, long min) throws InvalidPropertyException {
    long number = number(name, value, "that is at least " + min);
    if (number < min) {
      throw new InvalidPropertyException(name + ": " + number + " is less than " + min);
    }
    return number;
  }

  /** Returns a whole number of seconds. */
  static Duration seconds(String name, String value, int min, int max)
      throws InvalidPropertyException {
    return Duration.ofSeconds(between(name, value, min, max));
  }

  /**
   * Returns a boolean. Any word except true and false is an error, so that "yes" never means false.
   */
  static boolean flag(String name, String value) throws InvalidPropertyException {
    return switch (value.strip().toLowerCase(Locale.ROOT)) {
      case "true" -> true;
      case "false" -> false;
      default ->
          throw new InvalidPropertyException(name + ": '" + value + "' is neither true nor false");
    };
  }

  private static long number(String name, String value, String allowed)
      throws InvalidPropertyException {
    try {
      return Long.parseLong(value.strip());
    } catch (NumberFormatException e) {
      throw new InvalidPropertyException(
          name + ": '" + value + "' is not a whole number " + allowed, e);
    }
  }
}
