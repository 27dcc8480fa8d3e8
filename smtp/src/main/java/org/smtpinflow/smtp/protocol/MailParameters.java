// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.protocol;

import static org.smtpinflow.smtp.protocol.CommandRefusedException.refuse;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.smtpinflow.api.AddressSyntaxException;
import org.smtpinflow.api.BodyType;
import org.smtpinflow.api.DsnReturn;
import org.smtpinflow.api.Envelope;
import org.smtpinflow.api.Mailbox;
import org.smtpinflow.api.ReversePath;
import org.smtpinflow.smtp.protocol.Parameters.Parameter;

/** The interpreted parameters of MAIL; {@link Envelope} describes each of them. */
record MailParameters(
    BodyType body,
    boolean smtpUtf8,
    OptionalLong size,
    Optional<DsnReturn> dsnReturn,
    Optional<String> envelopeId,
    boolean requireTls,
    Optional<Mailbox> submitter) {

  /** RFC 1870, section 4: digits in the value of SIZE. */
  private static final int MAX_SIZE_DIGITS = 20;

  /** RFC 3461, section 4.4: characters in the value of ENVID, as it is sent. */
  private static final int MAX_ENVELOPE_ID = 100;

  /**
   * Parses the parameters.
   *
   * @param extensions the extensions that were announced to the client: a parameter is known only
   *     if its extension is among them
   */
  static MailParameters parse(String text, Extensions extensions) throws CommandRefusedException {
    BodyType body = BodyType.SEVEN_BIT;
    boolean smtpUtf8 = false;
    OptionalLong size = OptionalLong.empty();
    Optional<DsnReturn> dsnReturn = Optional.empty();
    Optional<String> envelopeId = Optional.empty();
    boolean requireTls = false;
    Optional<Mailbox> submitter = Optional.empty();
    for (Parameter parameter : Parameters.parse(text)) {
      switch (parameter.keyword()) {
        case "BODY" -> body = parseBody(parameter.requiredValue());
        case "SMTPUTF8" -> smtpUtf8 = parameter.requireNoValue();
        case "SIZE" -> size = OptionalLong.of(parseSize(parameter.requiredValue()));
        case "RET" -> dsnReturn = Optional.of(parseReturn(parameter.requiredValue()));
        case "ENVID" -> envelopeId = Optional.of(parseEnvelopeId(parameter.requiredValue()));
        case "REQUIRETLS" -> {
          requireAnnounced(extensions.hasRequireTls(), parameter);
          requireTls = parameter.requireNoValue();
        }
        case "AUTH" -> {
          requireAnnounced(extensions.hasAuth(), parameter);
          submitter = parseSubmitter(parameter.requiredValue());
        }
        default -> throw new CommandRefusedException(Replies.unknownParameter(parameter.keyword()));
      }
    }
    return new MailParameters(body, smtpUtf8, size, dsnReturn, envelopeId, requireTls, submitter);
  }

  private static void requireAnnounced(boolean announced, Parameter parameter)
      throws CommandRefusedException {
    if (!announced) {
      throw new CommandRefusedException(Replies.unknownParameter(parameter.keyword()));
    }
  }

  /**
   * Makes the envelope, without recipients.
   *
   * @param trusted whether to accept the client's AUTH parameter, which names the original
   *     submitter; only for an authenticated client (RFC 4954, section 5)
   */
  Envelope envelope(ReversePath reversePath, boolean trusted) {
    return new Envelope(
        reversePath,
        List.of(),
        body,
        smtpUtf8,
        requireTls,
        size,
        dsnReturn,
        envelopeId,
        trusted ? submitter : Optional.empty());
  }

  private static BodyType parseBody(String value) throws CommandRefusedException {
    for (BodyType type : BodyType.values()) {
      if (type.keyword().equalsIgnoreCase(value)) {
        return type;
      }
    }
    throw refuse("BODY must be 7BIT, 8BITMIME or BINARYMIME");
  }

  private static long parseSize(String value) throws CommandRefusedException {
    if (value.length() > MAX_SIZE_DIGITS || !value.chars().allMatch(c -> c >= '0' && c <= '9')) {
      throw refuse("SIZE must be a number of at most " + MAX_SIZE_DIGITS + " digits");
    }
    try {
      return Long.parseLong(value);
    } catch (NumberFormatException e) {
      // 20 digits can overflow a long. The size exceeds any limit in any case.
      return Long.MAX_VALUE;
    }
  }

  private static DsnReturn parseReturn(String value) throws CommandRefusedException {
    for (DsnReturn part : DsnReturn.values()) {
      if (part.name().equalsIgnoreCase(value)) {
        return part;
      }
    }
    throw refuse("RET must be FULL or HDRS");
  }

  private static String parseEnvelopeId(String value) throws CommandRefusedException {
    if (value.length() > MAX_ENVELOPE_ID) {
      throw refuse("ENVID is longer than " + MAX_ENVELOPE_ID + " characters");
    }
    return Xtext.decode(value).orElseThrow(() -> refuse("ENVID must be printable ASCII in xtext"));
  }

  /** RFC 4954, section 5: a mailbox, or {@code <>} if the submitter is unknown or withheld. */
  private static Optional<Mailbox> parseSubmitter(String value) throws CommandRefusedException {
    Optional<String> text = Xtext.decode(value);
    try {
      if (text.isPresent()) {
        return text.get().equals("<>") ? Optional.empty() : text.map(Mailbox::parse);
      }
    } catch (AddressSyntaxException e) {
      // Reported below.
    }
    throw refuse("AUTH must be a mailbox or <> in xtext");
  }
}
