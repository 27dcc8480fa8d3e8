// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.sasl.scram;

import java.io.ByteArrayOutputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.smtpinflow.api.Client;
import org.smtpinflow.smtp.sasl.AuthenticationUnavailableException;
import org.smtpinflow.smtp.sasl.AuthorizationIdentity;
import org.smtpinflow.smtp.sasl.InitialResponse;
import org.smtpinflow.smtp.sasl.MalformedResponseException;
import org.smtpinflow.smtp.sasl.SaslOutcome;
import org.smtpinflow.smtp.sasl.SaslPrep;

/** The server's side of one SCRAM exchange (RFC 5802, section 5). */
final class ScramExchange implements InitialResponse.Responses {

  private static final Logger LOG = System.getLogger("org.smtpinflow.smtp");

  private interface State {

    SaslOutcome take(byte[] response)
        throws MalformedResponseException, AuthenticationUnavailableException;
  }

  private final boolean plus;
  private final Optional<byte[]> binding;
  private final ScramUsers users;
  private final String serverNonce;

  private State state = this::takeFirst;
  private ClientFirstMessage first;
  private String serverFirst;
  private ScramUsers.Candidate candidate;

  /**
   * Begins an exchange.
   *
   * @param plus whether the client chose the mechanism that binds to the channel
   * @param binding what identifies the channel; empty if the server did not offer to bind to it
   */
  ScramExchange(boolean plus, Optional<byte[]> binding, ScramUsers users, String serverNonce) {
    this.plus = plus;
    this.binding = binding;
    this.users = users;
    this.serverNonce = serverNonce;
  }

  @Override
  public SaslOutcome next(byte[] response) {
    try {
      return state.take(response);
    } catch (MalformedResponseException e) {
      return e.outcome();
    } catch (AuthenticationUnavailableException e) {
      LOG.log(Level.DEBUG, "SCRAM: {0}", e.getMessage()); // the file has said so itself, once
      return new SaslOutcome.Unavailable();
    }
  }

  // A server-first-message cannot carry an error (RFC 5802, section 7), so that here a client is
  // refused without one.
  private SaslOutcome takeFirst(byte[] response)
      throws MalformedResponseException, AuthenticationUnavailableException {
    first = ClientFirstMessage.parse(response);
    Optional<String> user = SaslPrep.ofName(first.user());
    if (!isBindingRight()
        || user.isEmpty()
        || !AuthorizationIdentity.isOwn(first.authzid(), first.user())) {
      return new SaslOutcome.Refused();
    }
    candidate = users.find(user.get());
    serverFirst =
        "r="
            + first.nonce()
            + serverNonce
            + ",s="
            + base64(candidate.verifier().salt())
            + ",i="
            + candidate.verifier().iterations();
    state = this::takeFinal;
    return new SaslOutcome.Challenge(serverFirst);
  }

  // RFC 5802, section 6.
  private boolean isBindingRight() {
    return switch (first.flag()) {
      case 'p' -> plus && first.bindingType().filter(ServerEndPoint.TYPE::equals).isPresent();
      // Somebody has taken the mechanism that binds out of what the server offered.
      case 'y' -> !plus && binding.isEmpty();
      default -> !plus;
    };
  }

  private SaslOutcome takeFinal(byte[] response) throws MalformedResponseException {
    ClientFinalMessage last = ClientFinalMessage.parse(response);
    String authMessage = first.bare() + "," + serverFirst + "," + last.withoutProof();
    boolean proven = candidate.verifier().proves(last.proof(), authMessage);
    if (!last.nonce().equals(first.nonce() + serverNonce)) {
      return fail("other-error");
    }
    if (!last.binds(expectedBinding())) {
      return fail("channel-bindings-dont-match");
    }
    if (!proven || candidate.identity().isEmpty()) {
      return fail("invalid-proof"); // never unknown-user, which would tell who there is
    }
    return succeed(candidate.identity().get(), authMessage);
  }

  private byte[] expectedBinding() {
    ByteArrayOutputStream expected = new ByteArrayOutputStream();
    expected.writeBytes(first.gs2Header().getBytes(StandardCharsets.UTF_8));
    if (first.flag() == 'p') {
      expected.writeBytes(binding.orElseThrow());
    }
    return expected.toByteArray();
  }

  // SMTP's 235 carries no data: the server's last word is a challenge, which the client answers
  // with nothing (RFC 4954, section 4).
  private SaslOutcome succeed(Client.Identity identity, String authMessage) {
    state =
        response -> {
          if (response.length > 0) {
            throw new MalformedResponseException("more than the mechanism asks for");
          }
          return new SaslOutcome.Accepted(identity);
        };
    return new SaslOutcome.Challenge(
        "v=" + base64(candidate.verifier().serverSignature(authMessage)));
  }

  private SaslOutcome fail(String error) {
    state = response -> new SaslOutcome.Refused();
    return new SaslOutcome.Challenge("e=" + error);
  }

  private static String base64(byte[] octets) {
    return Base64.getEncoder().encodeToString(octets);
  }
}
