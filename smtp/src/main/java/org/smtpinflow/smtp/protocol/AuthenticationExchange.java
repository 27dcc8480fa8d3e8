// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.protocol;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import org.smtpinflow.smtp.sasl.SaslExchange;
import org.smtpinflow.smtp.sasl.SaslMechanism;
import org.smtpinflow.smtp.sasl.SaslOutcome;

/** The AUTH command and what follows it, until the client is authenticated or not (RFC 4954). */
final class AuthenticationExchange {

  private static final String CANCEL = "*";

  private final SessionConfig config;
  private final ClientState client;
  private final SessionOutput dialogue;

  /** The exchange with the mechanism; empty when none is under way. */
  private Optional<SaslExchange> exchange = Optional.empty();

  /** The name of its mechanism. */
  private String mechanism = "";

  private int failures;

  AuthenticationExchange(SessionConfig config, ClientState client, SessionOutput dialogue) {
    this.config = config;
    this.client = client;
    this.dialogue = dialogue;
  }

  /** Begins with the argument of AUTH: a mechanism, and perhaps the initial response. */
  void begin(String argument) throws CommandRefusedException {
    int space = argument.indexOf(' ');
    String name = space < 0 ? argument : argument.substring(0, space);
    SaslMechanism chosen = find(name);
    Optional<byte[]> response =
        space < 0
            ? Optional.empty()
            : Optional.of(decodeInitial(argument.substring(space + 1).trim()));
    mechanism = chosen.name();
    ask(chosen.begin(client.channel().orElseThrow()), response);
  }

  private SaslMechanism find(String name) throws CommandRefusedException {
    if (name.isEmpty()) {
      throw new CommandRefusedException(Replies.badArgument("AUTH needs a mechanism"));
    }
    String capitals = name.toUpperCase(Locale.ROOT);
    return new Extensions(config, client.channel())
        .mechanisms().stream()
            .filter(m -> m.name().equals(capitals))
            .findFirst()
            .orElseThrow(() -> new CommandRefusedException(Replies.UNKNOWN_MECHANISM));
  }

  private void ask(SaslExchange next, Optional<byte[]> response) {
    exchange = Optional.of(next);
    dialogue.ask(new Step.AskAuthentication(mechanism, next, response));
  }

  /** Says whether the next line is the client's answer to a challenge. */
  boolean awaitsResponse() {
    return exchange.isPresent();
  }

  /**
   * Takes the client's answer to a challenge, given without its CRLF.
   *
   * @throws CommandRefusedException if it is none; to be given to {@link #refuse}, as for a line
   *     that could not even be read
   */
  void respond(byte[] line) throws CommandRefusedException {
    String text = new String(line, StandardCharsets.ISO_8859_1);
    if (text.equals(CANCEL)) {
      throw new CommandRefusedException(Replies.AUTHENTICATION_CANCELLED);
    }
    ask(exchange.orElseThrow(), Optional.of(decode(text)));
  }

  /** Ends the exchange because of what the client sent instead of a response. */
  void refuse(CommandRefusedException e) {
    exchange = Optional.empty();
    dialogue.reply(e.reply());
  }

  /** Takes what the mechanism made of the client's response. */
  void proceed(SaslOutcome outcome) {
    dialogue.resume();
    if (outcome instanceof SaslOutcome.Challenge challenge) {
      dialogue.reply(Replies.challenge(encode(challenge.text())));
      return;
    }
    exchange = Optional.empty();
    if (outcome instanceof SaslOutcome.Accepted accepted) {
      client.authenticate(accepted.identity());
      dialogue.reply(Replies.AUTHENTICATED);
    } else if (outcome instanceof SaslOutcome.Malformed malformed) {
      dialogue.reply(Replies.malformedResponse(malformed.why()));
    } else if (outcome instanceof SaslOutcome.Unavailable) {
      dialogue.reply(Replies.AUTHENTICATION_UNAVAILABLE);
    } else {
      dialogue.reply(Replies.BAD_CREDENTIALS);
      countFailure();
    }
  }

  private void countFailure() {
    if (++failures >= config.authentication().maxFailures()) {
      dialogue.reply(Replies.TOO_MANY_FAILURES);
    }
  }

  /** An initial response of no octets is written {@code =} (RFC 4954, section 4). */
  private static byte[] decodeInitial(String text) throws CommandRefusedException {
    return text.equals("=") ? new byte[0] : decode(text);
  }

  /** Decodes strictly: nothing but the alphabet, padded in full (RFC 4648, section 4). */
  private static byte[] decode(String text) throws CommandRefusedException {
    // The decoder lets pass that the padding is missing.
    if (text.length() % 4 == 0) {
      try {
        return Base64.getDecoder().decode(text);
      } catch (IllegalArgumentException e) {
        // Reported below.
      }
    }
    throw new CommandRefusedException(Replies.malformedResponse("Response is not base64"));
  }

  private static String encode(String challenge) {
    return Base64.getEncoder().encodeToString(challenge.getBytes(StandardCharsets.UTF_8));
  }
}
