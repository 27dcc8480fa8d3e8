// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.protocol;

import static org.smtpinflow.smtp.protocol.CommandRefusedException.refuse;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.smtpinflow.api.DsnNotify;
import org.smtpinflow.api.ForwardPath;
import org.smtpinflow.api.OriginalRecipient;
import org.smtpinflow.api.Recipient;
import org.smtpinflow.smtp.protocol.Parameters.Parameter;

/**
 * The interpreted parameters of RCPT.
 *
 * @param notifyOn NOTIFY (RFC 3461, section 4.1)
 * @param originalRecipient ORCPT (RFC 3461, section 4.2; RFC 6533, section 3)
 */
record RcptParameters(Set<DsnNotify> notifyOn, Optional<OriginalRecipient> originalRecipient) {

  /** RFC 3461, section 4.2: characters in the value of ORCPT, as it is sent. */
  private static final int MAX_ORIGINAL_RECIPIENT = 500;

  /**
   * Parses the parameters.
   *
   * @param smtpUtf8 whether MAIL had the SMTPUTF8 parameter, so that ORCPT may contain UTF-8
   */
  static RcptParameters parse(String text, boolean smtpUtf8) throws CommandRefusedException {
    Set<DsnNotify> notifyOn = Set.of();
    Optional<OriginalRecipient> originalRecipient = Optional.empty();
    for (Parameter parameter : Parameters.parse(text)) {
      switch (parameter.keyword()) {
        case "NOTIFY" -> notifyOn = parseNotify(parameter.requiredValue());
        case "ORCPT" ->
            originalRecipient =
                Optional.of(parseOriginalRecipient(parameter.requiredValue(), smtpUtf8));
        default -> throw new CommandRefusedException(Replies.unknownParameter(parameter.keyword()));
      }
    }
    return new RcptParameters(notifyOn, originalRecipient);
  }

  Recipient recipient(ForwardPath path) {
    return new Recipient(path, notifyOn, originalRecipient);
  }

  private static Set<DsnNotify> parseNotify(String value) throws CommandRefusedException {
    Set<DsnNotify> conditions = EnumSet.noneOf(DsnNotify.class);
    for (String word : value.split(",", -1)) {
      conditions.add(
          Arrays.stream(DsnNotify.values())
              .filter(condition -> condition.name().equalsIgnoreCase(word))
              .findFirst()
              .orElseThrow(RcptParameters::badNotify));
    }
    if (conditions.contains(DsnNotify.NEVER) && conditions.size() > 1) {
      throw badNotify();
    }
    return conditions;
  }

  private static CommandRefusedException badNotify() {
    return refuse("NOTIFY must be NEVER, or some of SUCCESS,FAILURE,DELAY");
  }

  private static OriginalRecipient parseOriginalRecipient(String value, boolean smtpUtf8)
      throws CommandRefusedException {
    if (value.length() > MAX_ORIGINAL_RECIPIENT) {
      throw refuse("ORCPT is longer than " + MAX_ORIGINAL_RECIPIENT + " characters");
    }
    int semicolon = value.indexOf(';');
    if (semicolon < 1 || semicolon == value.length() - 1) {
      throw refuse("ORCPT must be of the form type;address");
    }
    String type = value.substring(0, semicolon).toLowerCase(Locale.ROOT);
    String encoded = value.substring(semicolon + 1);
    if (!type.chars().allMatch(RcptParameters::isAtomCharacter)) {
      throw refuse("The address type of ORCPT must be an atom");
    }
    Optional<String> address =
        type.equals("utf-8") ? Xtext.decodeUtf8Address(encoded, smtpUtf8) : Xtext.decode(encoded);
    return new OriginalRecipient(
        type, address.orElseThrow(() -> refuse("The address of ORCPT is not properly encoded")));
  }

  /** RFC 5321, section 4.1.2, and RFC 5322, section 3.2.3. */
  private static boolean isAtomCharacter(int c) {
    return c > ' ' && c < 0x7f && "()<>[]:;@\\,.\"".indexOf(c) < 0;
  }
}
