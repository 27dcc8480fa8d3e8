// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.protocol;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import org.smtpinflow.smtp.sasl.SaslExchange;
import org.smtpinflow.smtp.sasl.SaslMechanism;
import org.smtpinflow.smtp.sasl.SaslOutcome;

/** The AUTH command and the lines of the exchange that follows it (RFC 4954). */
final class AuthenticationExchange {

  /** Cancels the exchange (RFC 4954, section 4). */
  private static final byte CANCEL = '*';

  private final SessionConfig config;
  private final ClientState client;
  private final SessionState state;
  private final SessionOutput output;

  /** The name of the mechanism. */
  private String mechanism = "";

  /** The verdict that was sent in a challenge and that the client has not acknowledged yet. */
  private Optional<SaslOutcome.Verdict> verdict = Optional.empty();

  /** The refusals in this session. */
  private int failures;

  AuthenticationExchange(
      SessionConfig config, ClientState client, SessionState state, SessionOutput output) {
    this.config = config;
    this.client = client;
    this.state = state;
    this.output = output;
  }

  /**
   * Starts an exchange.
   *
   * @param argument the argument of AUTH: a mechanism, and optionally the initial response
   */
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

  private void ask(SaslExchange exchange, Optional<byte[]> response) {
    state.beginAuthentication(exchange);
    state.await(new Step.AskAuthentication(mechanism, exchange, response));
  }

  /**
   * Handles the client's response to a challenge.
   *
   * @param line the line without its CRLF; cleared, as it may contain a password
   * @throws CommandRefusedException if the line is not a response; to be passed to {@link #refuse},
   *     as is the exception for a line that could not be read
   */
  void respond(byte[] line) throws CommandRefusedException {
    byte[] response;
    try {
      if (line.length == 1 && line[0] == CANCEL) {
        throw new CommandRefusedException(Replies.AUTHENTICATION_CANCELLED);
      }
      response = decode(line);
    } finally {
      Arrays.fill(line, (byte) 0);
    }
    if (verdict.isPresent()) {
      acknowledge(verdict.get(), response);
    } else {
      ask(state.exchange(), Optional.of(response));
    }
  }

  /** Ends the exchange because the client cancelled it or sent something other than a response. */
  void refuse(CommandRefusedException e) {
    end(e.reply());
  }

  /** Handles the outcome of the client's last response. */
  void proceed(SaslOutcome outcome) {
    state.resume();
    if (outcome.verdict().filter(SaslOutcome.Refused.class::isInstance).isPresent()) {
      failures++;
    }
    if (outcome instanceof SaslOutcome.Challenge challenge) {
      challenge(challenge.text());
    } else if (outcome instanceof SaslOutcome.LastChallenge last) {
      verdict = last.verdict();
      challenge(last.text());
    } else if (outcome instanceof SaslOutcome.Verdict reached) {
      conclude(reached);
    } else if (outcome instanceof SaslOutcome.Malformed malformed) {
      end(Replies.malformedResponse(malformed.why()));
    } else {
      end(Replies.AUTHENTICATION_UNAVAILABLE);
      output.countJunkCommand();
    }
  }

  private void challenge(String text) {
    output.reply(
        Replies.challenge(
            Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8))));
  }

  /**
   * A success is acknowledged by an empty response (RFC 4954, section 4), a refusal by any
   * response.
   */
  private void acknowledge(SaslOutcome.Verdict reached, byte[] response) {
    if (reached instanceof SaslOutcome.Accepted && response.length > 0) {
      end(Replies.malformedResponse("The last response must be empty"));
    } else {
      conclude(reached);
    }
  }

  private void conclude(SaslOutcome.Verdict reached) {
    if (reached instanceof SaslOutcome.Accepted accepted) {
      client.authenticate(accepted.identity());
      end(Replies.AUTHENTICATED);
    } else {
      end(Replies.BAD_CREDENTIALS);
    }
  }

  /**
   * Ends the exchange, and also the session if too many verdicts were refusals, however the
   * exchanges ended.
   */
  private void end(Reply reply) {
    state.endAuthentication();
    verdict = Optional.empty();
    output.reply(reply);
    if (failures >= config.authentication().maxFailures()) {
      output.reply(Replies.TOO_MANY_FAILURES);
    }
  }

  /** An empty initial response is written as {@code =} (RFC 4954, section 4). */
  private static byte[] decodeInitial(String text) throws CommandRefusedException {
    return text.equals("=") ? new byte[0] : decode(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** Decodes strictly: only the alphabet, with full padding (RFC 4648, section 4). */
  private static byte[] decode(byte[] text) throws CommandRefusedException {
    // The decoder itself accepts missing padding.
    if (text.length % 4 == 0) {
      try {
        return Base64.getDecoder().decode(text);
      } catch (IllegalArgumentException e) {
        // Reported below.
      }
    }
    throw new CommandRefusedException(Replies.malformedResponse("Response is not base64"));
  }
}
