// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.sasl;

/** The {@code saslname} of SCRAM and GS2 messages (RFC 5801, section 4; RFC 5802, section 5.1). */
public final class SaslName {

  private SaslName() {}

  /**
   * Decodes a name: {@code =2C} stands for a comma, {@code =3D} for an equals sign.
   *
   * @throws MalformedResponseException if an equals sign is followed by anything else
   */
  public static String decode(String text) throws MalformedResponseException {
    if (text.replace("=2C", "").replace("=3D", "").indexOf('=') >= 0) {
      throw new MalformedResponseException("a name in which = is not followed by 2C or 3D");
    }
    return text.replace("=2C", ",").replace("=3D", "=");
  }
}
