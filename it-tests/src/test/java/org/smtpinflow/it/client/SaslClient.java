// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.it.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.ongres.scram.client.ScramClient;
import com.ongres.scram.common.exception.ScramException;
import com.ongres.scram.common.util.TlsServerEndpoint;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * Authenticates a session (RFC 4954). Each method returns the last reply, and has said what a
 * client says until then.
 */
public final class SaslClient {

  /** What a client does to authenticate; returns the last reply. */
  public interface Authentication {
    String with(SaslClient client) throws IOException;
  }

  private final SmtpConnection connection;
  private final List<String> sent = new ArrayList<>();

  public SaslClient(SmtpConnection connection) {
    this.connection = connection;
  }

  /** Returns what was sent in base64. */
  public List<String> sent() {
    return sent;
  }

  private String base64(String text) {
    String encoded = Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
    sent.add(encoded);
    return encoded;
  }

  private static String challenge(String reply) {
    return new String(Base64.getDecoder().decode(reply.substring("334 ".length())), UTF_8);
  }

  private static boolean asks(String reply) {
    return reply.startsWith("334 ");
  }

  public String plain(String user, String password) throws IOException {
    return connection.command("AUTH PLAIN " + base64("\0" + user + "\0" + password));
  }

  /** Says the password when it is asked for it. */
  public String plainWhenAsked(String user, String password) throws IOException {
    String reply = connection.command("AUTH PLAIN");
    return asks(reply) ? connection.command(base64("\0" + user + "\0" + password)) : reply;
  }

  public String login(String user, String password) throws IOException {
    String reply = connection.command("AUTH LOGIN");
    if (asks(reply)) {
      reply = connection.command(base64(user));
    }
    return asks(reply) ? connection.command(base64(password)) : reply;
  }

  public String external() throws IOException {
    return connection.command("AUTH EXTERNAL =");
  }

  public String external(String authorizationIdentity) throws IOException {
    return connection.command("AUTH EXTERNAL " + base64(authorizationIdentity));
  }

  /** OAUTHBEARER of RFC 7628: a client that is refused sends a dummy response. */
  public String oauthbearer(String token) throws IOException {
    String reply =
        connection.command(
            "AUTH OAUTHBEARER " + base64("n,,\u0001auth=Bearer " + token + "\u0001\u0001"));
    return asks(reply) ? connection.command("AQ==") : reply;
  }

  public String xoauth2(String user, String token) throws IOException {
    String reply =
        connection.command(
            "AUTH XOAUTH2 "
                + base64("user=" + user + "\u0001auth=Bearer " + token + "\u0001\u0001"));
    return asks(reply) ? connection.command("") : reply;
  }

  public String scram(String user, String password) throws IOException {
    return scram(
        "SCRAM-SHA-256",
        ScramClient.builder()
            .advertisedMechanisms(List.of("SCRAM-SHA-256"))
            .username(user)
            .password(password.toCharArray())
            .build());
  }

  /** SCRAM-SHA-256-PLUS, bound to the certificate of the server. */
  public String scramPlus(String user, String password, X509Certificate server) throws IOException {
    try {
      return scram(
          "SCRAM-SHA-256-PLUS",
          ScramClient.builder()
              .advertisedMechanisms(List.of("SCRAM-SHA-256", "SCRAM-SHA-256-PLUS"))
              .username(user)
              .password(password.toCharArray())
              .channelBinding(
                  TlsServerEndpoint.TLS_SERVER_END_POINT,
                  TlsServerEndpoint.getChannelBindingData(server))
              .build());
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
  }

  private String scram(String mechanism, ScramClient client) throws IOException {
    String reply =
        connection.command(
            "AUTH " + mechanism + " " + base64(client.clientFirstMessage().toString()));
    if (!asks(reply)) {
      return reply;
    }
    try {
      client.serverFirstMessage(challenge(reply));
      reply = connection.command(base64(client.clientFinalMessage().toString()));
      if (!asks(reply)) {
        return reply;
      }
      Optional<ScramException> refusal = serverFinal(client, challenge(reply));
      reply = connection.command("");
      if (refusal.isPresent() == reply.startsWith("235 ")) {
        throw new IOException("'" + reply + "' after " + refusal);
      }
      return reply;
    } catch (ScramException e) {
      throw new IOException(e);
    }
  }

  /** The server must prove in its turn that it knows the password. */
  private static Optional<ScramException> serverFinal(ScramClient client, String message) {
    try {
      client.serverFinalMessage(message);
      return Optional.empty();
    } catch (ScramException e) {
      return Optional.of(e);
    }
  }
}
