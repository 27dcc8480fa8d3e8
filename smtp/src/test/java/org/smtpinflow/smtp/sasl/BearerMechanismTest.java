// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.sasl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.smtpinflow.smtp.sasl.SaslTranscript.accepted;
import static org.smtpinflow.smtp.sasl.SaslTranscript.assertMalformed;
import static org.smtpinflow.smtp.sasl.TestIssuer.claims;
import static org.smtpinflow.smtp.sasl.TestIssuer.inSeconds;

import com.nimbusds.jwt.JWTClaimsSet;
import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.NameCallback;
import javax.security.auth.callback.PasswordCallback;
import org.eclipse.angus.mail.auth.OAuth2SaslClient;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** OAUTHBEARER as in RFC 7628, and XOAUTH2. */
class BearerMechanismTest {

  private static final String INVALID_TOKEN =
      "{\"status\":\"invalid_token\",\"openid-configuration\":"
          + "\"https://id.example.org/.well-known/openid-configuration\"}";

  private static TestIssuer issuer;
  private static TestIssuer stranger;

  @TempDir private Path directory;
  private SaslMechanism oauthbearer;
  private SaslMechanism xoauth2;

  @BeforeAll
  static void makeKeys() throws Exception {
    issuer = new TestIssuer("own");
    stranger = new TestIssuer("own"); // its keys have the same names
  }

  @BeforeEach
  void serveKeysFromAFile() throws Exception {
    Path keys = directory.resolve("keys.json");
    Files.writeString(keys, issuer.keys());
    TokenVerifier tokens = new TokenVerifier(config(keys.toUri(), "sub"));
    oauthbearer = BearerMechanism.oauthbearer(tokens);
    xoauth2 = BearerMechanism.xoauth2(tokens);
  }

  private static OauthConfig config(URI keys, String nameClaim) {
    return new OauthConfig(TestIssuer.ISSUER, TestIssuer.AUDIENCE, keys, nameClaim, "groups");
  }

  private static String bearer(String token) {
    return "n,,^auth=Bearer " + token + "^^";
  }

  private SaslOutcome show(String token) {
    return SaslTranscript.begin(oauthbearer).say(bearer(token));
  }

  private void assertNotGood(String token) {
    SaslTranscript dialogue = SaslTranscript.begin(oauthbearer);
    assertThat(dialogue.refusal(bearer(token))).isEqualTo(INVALID_TOKEN);
  }

  @Test
  void acceptsAToken() throws Exception {
    assertThat(show(issuer.rsa(claims().build()))).isEqualTo(accepted("demo", "agent", "admin"));
    assertThat(show(issuer.ec(claims().build()))).isEqualTo(accepted("demo", "agent", "admin"));
  }

  @Test
  void asksForTheToken() throws Exception {
    SaslTranscript dialogue = SaslTranscript.begin(oauthbearer);
    assertThat(dialogue.silence()).isEqualTo(new SaslOutcome.Challenge(""));
    assertThat(
            dialogue.say(
                "n,a=demo,^host=mx.example.org^port=587^auth=bearer "
                    + issuer.rsa(claims().build())
                    + "^^"))
        .isEqualTo(accepted("demo", "agent", "admin"));
  }

  /** RFC 7628, section 4.1: well-formed, but not a token that this server could check. */
  @Test
  void readsTheExampleOfTheRfc() {
    SaslTranscript dialogue = SaslTranscript.begin(oauthbearer);
    byte[] example =
        Base64.getDecoder()
            .decode(
                "bixhPXVzZXJAZXhhbXBsZS5jb20sAWhvc3Q9c2VydmVyLmV4YW1wbGUuY29tAXBvcnQ9MTQzAWF1"
                    + "dGg9QmVhcmVyIHZGOWRmdDRxbVRjMk52YjNSbGNrQmhiSFJoZG1semRHRXVZMjl0Q2c9PQEB");
    assertThat(SaslTranscript.refusal(dialogue.say(example))).isEqualTo(INVALID_TOKEN);
  }

  /** RFC 7628, section 4.3: a client without a token asks where to get one. */
  @Test
  void reportsWhereToGetAToken() {
    SaslTranscript dialogue = SaslTranscript.begin(oauthbearer);
    assertThat(dialogue.refusal("n,a=user@example.com,^auth=^^")).isEqualTo(INVALID_TOKEN);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "n,,^^",
        "n,,^auth=Basic ZGVtbzpkZW1v^^",
        "n,,^auth=Bearer^^",
        "n,,^auth=Bearer a b^^",
        "n,,^auth=Bearer a!^^",
        "y,,^host=x^^"
      })
  void reportsAMissingToken(String response) {
    SaslTranscript dialogue = SaslTranscript.begin(oauthbearer);
    assertThat(dialogue.refusal(response)).contains("\"status\":\"invalid_request\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "^",
        "^^",
        "n,,",
        "n,,^",
        "n,,^auth=Bearer abc^",
        "n,,^auth=Bearer abc",
        "p=tls-unique,,^auth=Bearer abc^^",
        "x,,^auth=Bearer abc^^",
        "n,demo,^auth=Bearer abc^^",
        "n,a=,^auth=Bearer abc^^",
        "n,a=de=mo,^auth=Bearer abc^^",
        "n,,^auth^^",
        "n,,^=x^^",
        "n,,^auth=Bearer abc^auth=Bearer abc^^",
        "n,,^a|b=x^^",
        "n,,^auth=Bearer \u00e4^^"
      })
  void refusesMalformedResponses(String response) {
    assertMalformed(SaslTranscript.begin(oauthbearer).say(response));
  }

  @Test
  void refusesToActForAnotherUser() throws Exception {
    String token = issuer.rsa(claims().build());
    SaslTranscript dialogue = SaslTranscript.begin(oauthbearer);
    assertThat(dialogue.refusal("n,a=root,^auth=Bearer " + token + "^^")).isEqualTo(INVALID_TOKEN);
  }

  @Test
  void refusesATokenOfAnotherIssuerOrForAnotherAudience() throws Exception {
    assertNotGood(issuer.rsa(claims().issuer("https://id.example.org").build()));
    assertNotGood(issuer.rsa(claims().issuer(null).build()));
    assertNotGood(issuer.rsa(claims().audience("other").build()));
    assertNotGood(issuer.rsa(claims().audience((String) null).build()));
  }

  @Test
  void refusesATokenOutsideItsPeriodOfValidity() throws Exception {
    assertNotGood(issuer.rsa(claims().expirationTime(inSeconds(-60)).build()));
    assertNotGood(issuer.rsa(claims().expirationTime(null).build()));
    assertNotGood(issuer.rsa(claims().notBeforeTime(inSeconds(120)).build()));
    assertThat(show(issuer.rsa(claims().expirationTime(inSeconds(-5)).build())))
        .isEqualTo(accepted("demo", "agent", "admin"));
  }

  @Test
  void refusesATokenThatTheIssuerDidNotSign() throws Exception {
    JWTClaimsSet claims = claims().build();
    assertNotGood(stranger.rsa(claims));
    assertNotGood(stranger.ec(claims));
    assertNotGood(TestIssuer.unsigned(claims));
    assertNotGood(issuer.signedWithThePublicKey(claims));
    String token = issuer.rsa(claims);
    assertNotGood(token.substring(0, token.lastIndexOf('.') + 1));
    assertNotGood("abc");
    assertNotGood(new TestIssuer("new").rsa(claims)); // with an unknown key
  }

  /** RFC 8725, section 3.11. */
  @Test
  void refusesATokenOfAnotherKind() throws Exception {
    assertNotGood(issuer.typed("logout+jwt", claims().build()));
  }

  @Test
  void takesNameAndGroupsFromTheConfiguredClaims() throws Exception {
    Path keys = directory.resolve("keys.json");
    SaslMechanism mechanism =
        BearerMechanism.oauthbearer(new TokenVerifier(config(keys.toUri(), "email")));
    String token =
        issuer.rsa(claims().claim("email", "demo@example.org").claim("groups", "a b").build());
    assertThat(
            SaslTranscript.begin(mechanism)
                .say("n,a=demo@example.org,^auth=Bearer " + token + "^^"))
        .isEqualTo(accepted("demo@example.org", "a", "b"));
    for (JWTClaimsSet nameless :
        List.of(
            claims().build(),
            claims().claim("email", 1).build(),
            claims().claim("email", "").build(),
            claims().claim("email", "a\u0000b").build())) {
      SaslTranscript dialogue = SaslTranscript.begin(mechanism);
      assertThat(dialogue.refusal(bearer(issuer.rsa(nameless)))).isEqualTo(INVALID_TOKEN);
    }
  }

  @Test
  void takesATokenWithoutGroups() throws Exception {
    assertThat(show(issuer.rsa(claims().claim("groups", null).build())))
        .isEqualTo(accepted("demo"));
    assertThat(show(issuer.rsa(claims().claim("groups", List.of(1, "a")).build())))
        .isEqualTo(accepted("demo", "a"));
  }

  @Test
  void understandsTheClientOfAngusMail() throws Exception {
    String token = issuer.rsa(claims().build());
    OAuth2SaslClient client = new OAuth2SaslClient(Map.of(), callbacks -> answer(token, callbacks));
    assertThat(SaslTranscript.begin(xoauth2).say(client.evaluateChallenge(new byte[0])))
        .isEqualTo(accepted("demo", "agent", "admin"));
  }

  private static void answer(String token, Callback... callbacks) {
    for (Callback callback : callbacks) {
      if (callback instanceof NameCallback name) {
        name.setName("demo");
      } else if (callback instanceof PasswordCallback password) {
        password.setPassword(token.toCharArray());
      }
    }
  }

  @Test
  void refusesInTheFormatOfXoauth2() throws Exception {
    for (String response :
        List.of(
            "user=root^auth=Bearer " + issuer.rsa(claims().build()) + "^^",
            "user=demo^auth=Bearer " + stranger.rsa(claims().build()) + "^^")) {
      SaslTranscript dialogue = SaslTranscript.begin(xoauth2);
      assertThat(dialogue.refusal(response))
          .isEqualTo("{\"status\":\"401\",\"schemes\":\"bearer\",\"scope\":\"\"}");
    }
    assertThat(SaslTranscript.begin(xoauth2).refusal("user=demo^auth=Basic x^^"))
        .contains("\"400\"");
    assertMalformed(SaslTranscript.begin(xoauth2).say("auth=Bearer abc^^"));
    assertMalformed(SaslTranscript.begin(xoauth2).say("user=^auth=Bearer abc^^"));
    assertMalformed(SaslTranscript.begin(xoauth2).say("user=demo^auth=Bearer abc"));
  }

  @Test
  void fetchesKeysOnceAndStartsNoThread() throws Exception {
    AtomicInteger requests = new AtomicInteger();
    AtomicReference<String> body = new AtomicReference<>(issuer.keys());
    HttpServer server = serve(requests, body);
    try {
      SaslMechanism mechanism = mechanism(server);
      Set<Thread> before = threads();
      for (int i = 0; i < 3; i++) {
        assertThat(SaslTranscript.begin(mechanism).say(bearer(issuer.rsa(claims().build()))))
            .isEqualTo(accepted("demo", "agent", "admin"));
      }
      assertThat(requests).hasValue(1);
      assertThat(threads()).isSubsetOf(before);
    } finally {
      server.stop(0);
    }
  }

  @Test
  void fetchesNewKeysButNotForEveryTokenWithAnUnknownKey() throws Exception {
    AtomicInteger requests = new AtomicInteger();
    AtomicReference<String> body = new AtomicReference<>(issuer.keys());
    TestIssuer next = new TestIssuer("next");
    HttpServer server = serve(requests, body);
    try {
      SaslMechanism mechanism = mechanism(server);
      SaslTranscript.begin(mechanism).say(bearer(issuer.rsa(claims().build())));
      body.set(next.keys());
      assertThat(SaslTranscript.begin(mechanism).say(bearer(next.rsa(claims().build()))))
          .isEqualTo(accepted("demo", "agent", "admin"));
      String unknown = new TestIssuer("unknown").rsa(claims().build());
      for (int i = 0; i < 5; i++) {
        assertThat(SaslTranscript.begin(mechanism).refusal(bearer(unknown)))
            .isEqualTo(INVALID_TOKEN);
      }
      assertThat(requests).hasValue(2);
    } finally {
      server.stop(0);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"not found", "garbage", "too large", "nobody"})
  void cannotTellWithoutKeys(String kind) throws Exception {
    AtomicReference<String> body =
        new AtomicReference<>(
            kind.equals("garbage") ? "<html>" : kind.equals("too large") ? tooLarge() : null);
    HttpServer server = serve(new AtomicInteger(), body);
    if (kind.equals("nobody")) {
      server.stop(0);
    }
    try (CapturedLog log = new CapturedLog()) {
      SaslMechanism mechanism = mechanism(server);
      String token = issuer.rsa(claims().build());
      for (int i = 0; i < 4; i++) { // more than the rate limit allows
        assertThat(SaslTranscript.begin(mechanism).say(bearer(token)))
            .isEqualTo(new SaslOutcome.Unavailable());
      }
      assertThat(log.warnings())
          .isNotEmpty()
          .allMatch(line -> line.startsWith("Cannot fetch the keys that sign tokens from http://"));
      assertThat(log.text()).doesNotContain(token);
    } finally {
      server.stop(0);
    }
  }

  private static String tooLarge() {
    return issuer.keys().replace("{\"keys\"", "{\"pad\":\"" + "x".repeat(300_000) + "\",\"keys\"");
  }

  private static HttpServer serve(AtomicInteger requests, AtomicReference<String> body)
      throws Exception {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          requests.incrementAndGet();
          if ("close".equals(exchange.getRequestHeaders().getFirst("Connection"))) {
            // RFC 9112, section 9.6, demands this; the JDK's server does not do it by itself.
            exchange.getResponseHeaders().set("Connection", "close");
          }
          String text = body.get();
          byte[] octets = (text == null ? "" : text).getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(
              text == null ? 404 : 200, octets.length == 0 ? -1 : octets.length);
          exchange.getResponseBody().write(octets);
          exchange.close();
        });
    server.start();
    return server;
  }

  private static SaslMechanism mechanism(HttpServer server) {
    URI keys = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/keys");
    return BearerMechanism.oauthbearer(new TokenVerifier(config(keys, "sub")));
  }

  private static Set<Thread> threads() {
    return Thread.getAllStackTraces().keySet().stream().collect(Collectors.toSet());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://id.example.org/keys",
        "ftp://id.example.org/",
        "keys.json",
        "https:///keys",
        "file://host/keys",
        "jar:file:/a.jar!/keys",
        "http://localhost.example.org/"
      })
  void fetchesKeysOnlyOverProtectedChannels(String keys) {
    assertThatThrownBy(() -> config(URI.create(keys), "sub"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("oauthJwks: " + keys + " is not an https or file URL");
  }
}
