// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.sasl.scram;

import java.io.ByteArrayOutputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
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

  private final boolean bound;
  private final Optional<byte[]> binding;
  private final ScramUsers users;
  private final String serverNonce;

  private State state = this::takeFirst;
  private ClientFirstMessage first;
  private String serverFirst;
  private ScramUsers.Candidate candidate;

  /**
   * Makes an exchange.
   *
   * @param bound whether the client chose the mechanism with channel binding
   * @param binding the channel binding data; empty if the server did not offer channel binding
   */
  ScramExchange(boolean bound, Optional<byte[]> binding, ScramUsers users, String serverNonce) {
    this.bound = bound;
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
      LOG.log(Level.DEBUG, "SCRAM: {0}", e.getMessage()); // logged once by the users' source
      return new SaslOutcome.Unavailable();
    }
  }

  // The server-first-message cannot carry an error (RFC 5802, section 7), so the client gets none.
  private SaslOutcome takeFirst(byte[] response)
      throws MalformedResponseException, AuthenticationUnavailableException {
    first = ClientFirstMessage.parse(response);
    Optional<String> user = SaslPrep.ofName(first.user());
    if (!isBindingAllowed()
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
  private boolean isBindingAllowed() {
    return switch (first.flag()) {
      case 'p' -> bound && first.bindingType().filter(ServerEndPoint.TYPE::equals).isPresent();
      // The server offered channel binding, but an attacker removed it from the list of mechanisms.
      case 'y' -> !bound && binding.isEmpty();
      default -> !bound;
    };
  }

  private SaslOutcome takeFinal(byte[] response) throws MalformedResponseException {
    ClientFinalMessage last = ClientFinalMessage.parse(response);
    String authMessage = first.bare() + "," + serverFirst + "," + last.withoutProof();
    boolean proven = candidate.verifier().proves(last.proof(), authMessage);
    if (!last.nonce().equals(first.nonce() + serverNonce)) {
      return refuse("other-error");
    }
    if (!last.binds(expectedBinding())) {
      return refuse("channel-bindings-dont-match");
    }
    if (!proven || candidate.identity().isEmpty()) {
      return refuse("invalid-proof"); // never unknown-user, which would reveal which users exist
    }
    return new SaslOutcome.LastChallenge(
        new SaslOutcome.Accepted(candidate.identity().get()),
        "v=" + base64(candidate.verifier().serverSignature(authMessage)));
  }

  private byte[] expectedBinding() {
    ByteArrayOutputStream expected = new ByteArrayOutputStream();
    expected.writeBytes(first.gs2Header().getBytes(StandardCharsets.UTF_8));
    if (first.flag() == 'p') {
      expected.writeBytes(binding.orElseThrow());
    }
    return expected.toByteArray();
  }

  private static SaslOutcome refuse(String error) {
    return new SaslOutcome.LastChallenge(new SaslOutcome.Refused(), "e=" + error);
  }

  private static String base64(byte[] octets) {
    return Base64.getEncoder().encodeToString(octets);
  }
}
